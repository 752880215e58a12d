import { type Call, type Command, type Decision, type Facts, one, put, type Want } from '../ledger/index.ts';
import { policyAt, wantPolicies } from '../communities/index.ts';
import { checkDigit, CODE_DIGITS, PREFIX } from './code-digits.ts';
import { refuse } from './refusals.ts';
import { notSpendable } from './vouchers.ts';

export { isCode } from './code-digits.ts';

const RANDOM_DIGITS = CODE_DIGITS - PREFIX.length - 1;

/** A fresh code of the prefix, random digits, and a check digit. `chance` gives random bytes. */
export function newCode(chance: (bytes: number) => Uint8Array): string {
  // With 64 random bits for 10^15 values, the digits deviate from an even distribution by less than one part in ten thousand.
  const number = Buffer.from(chance(8)).readBigUInt64BE() % 10n ** BigInt(RANDOM_DIGITS);
  const body = PREFIX + number.toString().padStart(RANDOM_DIGITS, '0');
  return body + checkDigit(body);
}

export type MintCodeInput = {
  readonly residentId: string;
  readonly voucherId: string;
  readonly codeHash: string;
  readonly sealedCode: string;
};

type MintCodeReply = { voucher_id: string; sealed_code: string; minted_at: number; expires_at: number };

/** Mints a code that presents a voucher for a short while. Earlier codes stay good until they expire. */
export const mintCode: Command<MintCodeInput, MintCodeReply> = { name: 'mint-code', load: loadMintCode, decide: decideMintCode };

function loadMintCode({ residentId, voucherId, codeHash }: MintCodeInput): readonly Want[] {
  return [...wantPolicies('code_validity'), one('resident', residentId), one('voucher', voucherId), one('code', codeHash)];
}

function decideMintCode(
  facts: Facts,
  { residentId, voucherId, codeHash, sealedCode }: MintCodeInput,
  { at }: Call,
): Decision<MintCodeReply> {
  const voucher = facts.get('voucher', voucherId);
  if (!voucher || voucher.residentId !== residentId) return refuse('voucher_not_found', { voucher_id: voucherId });
  if (facts.get('resident', residentId)!.status !== 'active') return refuse('resident_suspended', { resident_id: residentId });
  const spent = notSpendable(voucher, at);
  if (spent) return spent;
  if (facts.get('code', codeHash)) throw new Error('a code was drawn twice');
  const expiresAt = at + policyAt(facts, 'code_validity', at).seconds * 1_000;
  return {
    rows: [put('code', { hash: codeHash, voucherId, mintedAt: at, expiresAt, pinHash: null })],
    reply: { voucher_id: voucherId, sealed_code: sealedCode, minted_at: at, expires_at: expiresAt },
  };
}
