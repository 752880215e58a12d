/** Numbers with which nobody signed in for long: they may belong to somebody else by now, who does not know the registered name. */
import { type Facts, one, put, type Row, type RowChange, type Want } from '../ledger/index.ts';
import { sameName } from '../text/index.ts';
import { lockedUntil } from './passwords-tried.ts';
import type { SignInReply } from './sessions.ts';

const DAY = 86_400_000;

const SILENT_MS = 180 * DAY;

/** Wrong names at one number, from everywhere. After so many, no name counts until a day after the last. */
const NAMES_MAX = 5;

/** The fact that `notNamed` needs. */
export function wantNamesTried(phoneHash: string): Want {
  return one('wrongTries', slotOf(phoneHash));
}

function slotOf(phoneHash: string): string {
  return `names:${phoneHash.slice(0, 4)}`;
}

type Typed = {
  readonly phone: Row<'residentPhone'>;
  readonly resident: Row<'resident'>;
  /** The name as it was typed; undefined: none was. */
  readonly name: string | undefined;
};

/** The reply to somebody with the right code of a silent number who does not say the registered name; undefined: it is said, or not needed. */
export function notNamed(
  facts: Facts,
  { phone, resident, name }: Typed,
  at: number,
): { readonly rows?: readonly RowChange[]; readonly reply: SignInReply } | undefined {
  if (at - (phone.heardAt ?? resident.registeredAt) < SILENT_MS) return undefined;
  if (name === undefined) return { reply: { failed: 'name_required' } };
  const slot = slotOf(phone.hash);
  const before = facts.get('wrongTries', slot);
  // If the last one is yet to come, the clock was set back, and nobody waits for it.
  const isRemembered = before !== undefined && before.lastAt <= at && at < before.lastAt + DAY;
  const count = isRemembered ? before.count : 0;
  if (count >= NAMES_MAX) return lockedUntil(before!.lastAt + DAY);
  if (sameName(name) === sameName(resident.name)) return undefined;
  const row = { slot, count: count + 1, lastAt: at, version: before?.version ?? 0 };
  return { rows: [put('wrongTries', row)], reply: { failed: 'wrong' } };
}
