import { type Call, type Command, type Decision, type Facts, type Known, one, put, type Row, SKEW_MS, type Want } from '../ledger/index.ts';
import { notSpending, policyAt, wantPolicies } from '../communities/index.ts';
import { checkDigit, CODE_DIGITS, PREFIX } from './code-digits.ts';
import { refuse } from './refusals.ts';
import { notSpendable, notTaken, wantBoundMerchant } from './vouchers.ts';

export { isCode } from './code-digits.ts';

const RANDOM_DIGITS = CODE_DIGITS - PREFIX.length - 1;

/** A fresh code of the prefix, random digits, and a check digit. `chance` gives random bytes. */
export function newCode(chance: (bytes: number) => Uint8Array): string {
  // With 64 random bits for 10^15 values, the digits deviate from an even distribution by less than one part in ten thousand.
  const number = Buffer.from(chance(8)).readBigUInt64BE() % 10n ** BigInt(RANDOM_DIGITS);
  const body = PREFIX + number.toString().padStart(RANDOM_DIGITS, '0');
  return body + checkDigit(body);
}

/** The time of a code's making: later than the redemption that used up the codes before it, also if the clock was set back since. */
export function mintedAfter({ redeemedAt }: Pick<Row<'voucher'>, 'redeemedAt'>, at: number): number {
  return redeemedAt !== null && at <= redeemedAt && redeemedAt - at < SKEW_MS ? redeemedAt + 1 : at;
}

export type MintCodeInput = {
  readonly residentId: string;
  readonly voucherId: string;
  readonly codeHash: string;
  readonly sealedCode: string;
};

type MintCodeReply = { voucher_id: string; sealed_code: string; minted_at: number; expires_at: number };

/** Mints a code that presents a voucher for a short while, if there is a shop that takes it. Earlier codes stay good until they expire. */
export const mintCode: Command<MintCodeInput, MintCodeReply> = { name: 'mint-code', load: loadMintCode, decide: decideMintCode };

function loadMintCode({ residentId, voucherId, codeHash }: MintCodeInput, known: Known): readonly Want[] {
  return [
    ...wantPolicies('code_validity'),
    one('resident', residentId),
    one('voucher', voucherId),
    one('code', codeHash),
    ...wantBoundMerchant(known.get('voucher', voucherId)),
  ];
}

function decideMintCode(
  facts: Facts,
  { residentId, voucherId, codeHash, sealedCode }: MintCodeInput,
  { at }: Call,
): Decision<MintCodeReply> {
  const voucher = facts.get('voucher', voucherId);
  if (!voucher || voucher.residentId !== residentId) return refuse('voucher_not_found', { voucher_id: voucherId });
  const barred = notSpending(facts.get('resident', residentId)!);
  if (barred) return barred;
  const useless = notSpendable(voucher, at) ?? notTaken(facts, voucher);
  if (useless) return useless;
  if (facts.get('code', codeHash)) throw new Error('a code was drawn twice');
  const mintedAt = mintedAfter(voucher, at);
  const expiresAt = mintedAt + policyAt(facts, 'code_validity', at).seconds * 1_000;
  return {
    rows: [put('code', { hash: codeHash, voucherId, mintedAt, expiresAt, pinHash: null })],
    reply: { voucher_id: voucherId, sealed_code: sealedCode, minted_at: mintedAt, expires_at: expiresAt },
  };
}
