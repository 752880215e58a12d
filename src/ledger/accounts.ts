import { hash } from 'node:crypto';
import { WALLET_CODE } from '../store/index.ts';
import { remembering } from './remembering.ts';

/** The chart of accounts: the kinds, their units, and the paths of single accounts. The segment after the kind is always the community in whose book it stands. */

export type Unit = 'point' | 'fen';
export type AccountKind = keyof typeof kinds;

type KindRule = {
  /** The first byte of its accounts' ids, for ever. */
  readonly code: number;
  readonly unit: Unit;
  /** The side on which its balance normally stands. */
  readonly normal: 'debit' | 'credit';
  /** The lowest balance on its normal side; accounts without one are never refused a posting. */
  readonly floor?: number;
};

export const kinds = {
  issued: { code: 1, unit: 'point', normal: 'debit' },
  wallet: { code: WALLET_CODE, unit: 'point', normal: 'credit', floor: 0 },
  escrow: { code: 3, unit: 'point', normal: 'credit' },
  redeemed: { code: 4, unit: 'point', normal: 'credit' },
  expired: { code: 5, unit: 'point', normal: 'credit' },
  clawback: { code: 6, unit: 'point', normal: 'debit' },
  cost: { code: 7, unit: 'fen', normal: 'debit' },
  'due-to': { code: 8, unit: 'fen', normal: 'credit' },
  'due-from': { code: 9, unit: 'fen', normal: 'debit' },
  payable: { code: 10, unit: 'fen', normal: 'credit' },
  clearing: { code: 11, unit: 'fen', normal: 'credit' },
  fund: { code: 12, unit: 'fen', normal: 'credit' },
  bank: { code: 13, unit: 'fen', normal: 'debit' },
} as const satisfies Record<string, KindRule>;

/** Paths of accounts. Communities are slugs, residents and merchants ids, days `YYYY-MM-DD`. */
export const account = {
  issued: (issuer: string) => `issued:${issuer}`,
  wallet: (issuer: string, resident: string, expiresOn: string) => `wallet:${issuer}:${resident}:${expiresOn}`,
  escrow: (issuer: string) => `escrow:${issuer}`,
  redeemed: (issuer: string) => `redeemed:${issuer}`,
  expired: (issuer: string) => `expired:${issuer}`,
  clawback: (issuer: string) => `clawback:${issuer}`,
  cost: (issuer: string) => `cost:${issuer}`,
  dueTo: (issuer: string, acquirer: string, day: string) => `due-to:${issuer}:${acquirer}:${day}`,
  dueFrom: (acquirer: string, issuer: string, day: string) => `due-from:${acquirer}:${issuer}:${day}`,
  payable: (acquirer: string, merchant: string, day: string) => `payable:${acquirer}:${merchant}:${day}`,
  /** The net that a settlement run leaves to be paid or received; the day is the run's last one. */
  clearing: (community: string, throughDay: string) => `clearing:${community}:${throughDay}`,
  fund: (community: string) => `fund:${community}`,
  bank: (community: string) => `bank:${community}`,
};

/** A community's points for a resident with one expiry date: a lot, or a grant in it. */
type InLot = { readonly communityId: string; readonly residentId: string; readonly expiresOn: string };

/** The wallet that the points of a lot, or of a grant in it, lie in. */
export function walletOf({ communityId, residentId, expiresOn }: InLot): string {
  return account.wallet(communityId, residentId, expiresOn);
}

/**
 * The parts of a path: its kind; the community in whose book it stands; the other party (a community, a resident or a merchant); and the
 * day that it ends with. A part that the path lacks is empty.
 */
export function partsOf(path: string): { readonly kind: string; readonly community: string; readonly other: string; readonly day: string } {
  const day = DAY_IN_PATH.exec(path)?.[1] ?? '';
  const [kind = '', community = '', other = ''] = path.split(':');
  return { kind, community, other: other === day ? '' : other, day };
}

export type AccountFacts = { readonly id: string; readonly kind: AccountKind; readonly community: string } & KindRule;

const FACTS_REMEMBERED = 100_000;

/** The facts that a path states about its account. Throws on a path whose kind the chart does not have. */
export const accountFacts = remembering(FACTS_REMEMBERED, (path): AccountFacts => {
  const [kind, community] = path.split(':', 2) as [AccountKind, string?];
  const rule: KindRule | undefined = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!rule || !community) throw new Error(`not an account: ${path}`);
  return { id: idOfPath(path, rule.code), kind, community, ...rule };
});

const DAY_IN_PATH = /:(\d{4}-\d{2}-\d{2})$/;

/**
 * An account's 16 bytes as hex digits: its kind (1), the day that its path ends with or zeros (4), and the beginning of the path's SHA-256
 * (11). So the accounts of one batch lie together in the database: those of a day are neighbours, and references to them are short.
 */
function idOfPath(path: string, code: number): string {
  const day = DAY_IN_PATH.exec(path)?.[1] ?? '00000000';
  return startOfId(code, day) + hash('sha256', path, 'hex').slice(0, HASH_DIGITS);
}

/** The number of an id's digits that come from its path's hash. */
const HASH_DIGITS = 22;

/** Between these two lie the ids of a kind's accounts whose paths end with a day: the least of a day, and the greatest. */
export function firstIdOf(kind: AccountKind, day: string): string {
  return startOfId(kinds[kind].code, day) + '0'.repeat(HASH_DIGITS);
}

export function lastIdOf(kind: AccountKind, day: string): string {
  return startOfId(kinds[kind].code, day) + 'f'.repeat(HASH_DIGITS);
}

function startOfId(code: number, day: string): string {
  return code.toString(16).padStart(2, '0') + day.replaceAll('-', '');
}

/** The id of the account with a path. */
export function accountId(path: string): string {
  return accountFacts(path).id;
}

/** A balance as it stands on its account's normal side: `signed` is debits less credits. */
export function normalBalance(kind: AccountKind, signed: number): number {
  return kinds[kind].normal === 'debit' ? signed : 0 - signed;
}
