/** Codes on paper, for residents without a phone: they last as long as the voucher, and are good only with a PIN that is not on the paper. */
import assert from 'node:assert/strict';
import { type Acting, actsFor, type TextSubject, toTellOnce, wantText } from '../access/index.ts';
import {
  type Call,
  type Command,
  dayOf,
  type Decision,
  type Facts,
  type Known,
  limitKey,
  one,
  put,
  type Refusal,
  type Row,
  sameHash,
  type Use,
  type Want,
} from '../ledger/index.ts';
import { mintedAfter } from './codes.ts';
import { refuse } from './refusals.ts';
import { notSpending } from './spending.ts';
import { notSpendable, notTaken, wantBoundMerchant } from './vouchers.ts';

const PIN_DIGITS = 6;

/** The number of wrong PINs that block a paper. */
export const WRONG_PINS_MAX = 5;

/** A fresh PIN of 6 digits. `chance` gives random bytes. */
export function newPin(chance: (bytes: number) => Uint8Array): string {
  return (Buffer.from(chance(8)).readBigUInt64BE() % 10n ** BigInt(PIN_DIGITS)).toString().padStart(PIN_DIGITS, '0');
}

export type PrintPaperInput = {
  /** An officer of the resident's home community. */
  readonly by: Acting;
  readonly voucherId: string;
  readonly codeHash: string;
  /** Keyed hash (hex) of code and PIN together. */
  readonly pinHash: string;
  readonly sealedCode: string;
  readonly sealedPin: string;
};

export type PaperReply = { voucher_id: string; sealed_code: string; sealed_pin: string; minted_at: number; expires_at: number };

/**
 * Makes a code and a PIN that present a voucher until it ends. Papers printed earlier stay good: the voucher is redeemed once all the same. The
 * message that tells the resident is written with it, so that no paper goes untold.
 */
export const printPaper: Command<PrintPaperInput, PaperReply> = { name: 'print-paper', load: loadPrintPaper, decide: decidePrintPaper };

function loadPrintPaper({ voucherId, codeHash }: PrintPaperInput, known: Known, at: number): readonly Want[] {
  const voucher = known.get('voucher', voucherId);
  const holder = voucher ? [one('resident', voucher.residentId), wantText(printed(voucher, mintedAfter(voucher, at)))] : [];
  return [one('voucher', voucherId), one('code', codeHash), ...holder, ...wantBoundMerchant(voucher)];
}

/** The message that a paper was printed. */
function printed({ id, residentId }: Row<'voucher'>, at: number): TextSubject {
  return { residentId, kind: 'paper_printed', subject: id, at };
}

function decidePrintPaper(
  facts: Facts,
  { by, voucherId, codeHash, pinHash, sealedCode, sealedPin }: PrintPaperInput,
  { at }: Call,
): Decision<PaperReply> {
  const voucher = facts.get('voucher', voucherId);
  if (!voucher) return refuse('voucher_not_found', { voucher_id: voucherId });
  const resident = facts.get('resident', voucher.residentId)!;
  const { communityId } = resident;
  if (!actsFor(by, communityId)) return refuse('foreign_community', { community_id: communityId });
  const useless = notSpending(resident, at) ?? notSpendable(voucher, at) ?? notTaken(facts, voucher);
  if (useless) return useless;
  assert(!facts.get('code', codeHash), 'a code was drawn twice');
  const expiresAt = voucher.validUntil;
  const mintedAt = mintedAfter(voucher, at);
  return {
    rows: [put('code', { hash: codeHash, voucherId, mintedAt, expiresAt, pinHash }), ...toTellOnce(facts, printed(voucher, mintedAt))],
    reply: { voucher_id: voucherId, sealed_code: sealedCode, sealed_pin: sealedPin, minted_at: mintedAt, expires_at: expiresAt },
  };
}

/** The key of the limit that counts a code's wrong PINs. */
export function wrongPinsKey({ hash, expiresAt }: Row<'code'>): string {
  return limitKey(dayOf(expiresAt), 'pin', hash);
}

/** The count of wrong PINs, of a code that needs one. */
export function wantWrongPins(code: Row<'code'> | undefined): Want[] {
  return code?.pinHash == null ? [] : [one('limitUse', wrongPinsKey(code))];
}

/** The refusal of this PIN for a code on paper (`pinHash` null: none was given), or undefined if it is right, or the code needs none. */
export function pinProblem(code: Row<'code'>, pinHash: string | null, wrongPins: number): Refusal | undefined {
  if (code.pinHash === null) return undefined;
  if (pinHash === null) return refuse('pin_required');
  return sameHash(pinHash, code.pinHash) ? undefined : refuse('pin_wrong', { tries_left: WRONG_PINS_MAX - wrongPins - 1 });
}

type CountWrongPinInput = { readonly codeHash: string };

type CountWrongPinReply = { wrong_pins: number };

/**
 * Counts a wrong PIN of a code on paper. A refusal writes only its request, so this is a command of its own: submitted once for each
 * attempt, with a key derived from the attempt's.
 */
export const countWrongPin: Command<CountWrongPinInput, CountWrongPinReply> = {
  name: 'count-wrong-pin',
  load: loadCountWrongPin,
  decide: decideCountWrongPin,
};

function loadCountWrongPin({ codeHash }: CountWrongPinInput, known: Known): readonly Want[] {
  return [one('code', codeHash), ...wantWrongPins(known.get('code', codeHash))];
}

function decideCountWrongPin(facts: Facts, { codeHash }: CountWrongPinInput): Decision<CountWrongPinReply> {
  const code = facts.get('code', codeHash);
  // Removed since, with the voucher's end: nobody can redeem with it any more.
  if (!code) return { reply: { wrong_pins: WRONG_PINS_MAX } };
  assert(code.pinHash !== null, 'this code has no PIN');
  const key = wrongPinsKey(code);
  const use: Use = { key, add: 1, atMost: WRONG_PINS_MAX };
  const dead = facts.used(key) >= WRONG_PINS_MAX;
  return { uses: dead ? [] : [use], reply: { wrong_pins: facts.used(key) + (dead ? 0 : 1) } };
}
