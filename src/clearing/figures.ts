/** The figures of closed business days, by community: counted from the day's entries, and stored. */
import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, desc, gt, gte, lte } from 'drizzle-orm';
import {
  type AccountKind,
  type Call,
  type Command,
  type Decision,
  entriesOfDay,
  type EntryWithPostings,
  type Facts,
  one,
  put,
  type Want,
} from '../ledger/index.ts';
import { pages, type Row, type View } from '../store/index.ts';

/**
 * The totals of a community's points on a day. They are the points that it granted, whoever holds them and wherever they are spent; a
 * voucher or a redemption counts once for each community whose points it holds.
 */
export type Figures = {
  /** Deeds that points were granted for. */
  readonly grants: number;
  readonly pointsGranted: number;
  /** Points of grants that were reversed or clawed back. */
  readonly pointsTakenBack: number;
  readonly vouchers: number;
  readonly pointsIssued: number;
  readonly redemptions: number;
  /** Redemptions that were reversed or voided, whenever they were made. */
  readonly reversals: number;
  /** Points redeemed, less those undone: below zero if more was undone. */
  readonly pointsRedeemed: number;
  /** The cost of it that the community bears, in fen; the successor bears the cost of a community that was succeeded. */
  readonly fenRedeemed: number;
  readonly pointsExpired: number;
};

type CommunityFigures = Figures & { readonly communityId: string };
export type DayFigures = { readonly day: string; readonly figures: readonly CommunityFigures[] };

type Meaning = { readonly sum: keyof Figures; readonly sign: 1 | -1; readonly counts?: keyof Figures };

const expired = { expired: { sum: 'pointsExpired', sign: -1 } } as const;

/** The meaning of a leg by the kind of its entry and of its account; every other leg is ignored. An entry has one leg an account. */
const meanings: Readonly<Record<string, Partial<Record<AccountKind, Meaning>>>> = {
  grant: { issued: { sum: 'pointsGranted', sign: 1, counts: 'grants' } },
  grant_reversal: { issued: { sum: 'pointsTakenBack', sign: -1 } },
  grant_clawback: { issued: { sum: 'pointsTakenBack', sign: -1 } },
  voucher_issue: { escrow: { sum: 'pointsIssued', sign: -1, counts: 'vouchers' } },
  redemption: { redeemed: { sum: 'pointsRedeemed', sign: -1, counts: 'redemptions' }, cost: { sum: 'fenRedeemed', sign: 1 } },
  redemption_reversal: { redeemed: { sum: 'pointsRedeemed', sign: -1, counts: 'reversals' }, cost: { sum: 'fenRedeemed', sign: 1 } },
  voucher_expiry: expired,
  voucher_cancellation: expired,
  lot_expiry: expired,
  lot_waiver: expired,
};

const none: Figures = {
  grants: 0,
  pointsGranted: 0,
  pointsTakenBack: 0,
  vouchers: 0,
  pointsIssued: 0,
  redemptions: 0,
  reversals: 0,
  pointsRedeemed: 0,
  fenRedeemed: 0,
  pointsExpired: 0,
};

/** Adds up figures by community, as entries come in. */
export class FiguresSum {
  readonly #sums = new Map<string, { -readonly [name in keyof Figures]: number }>();

  entry({ kind, postings }: Pick<EntryWithPostings, 'kind' | 'postings'>): void {
    for (const { account, amount } of postings) {
      // An account that does not exist is named by its id; another check of the audit reports it.
      const [accountKind, community = ''] = account.split(':', 2) as [AccountKind, string?];
      const meaning = meanings[kind]?.[accountKind];
      if (!meaning) continue;
      const sum = this.#of(community);
      sum[meaning.sum] += meaning.sign * amount;
      if (meaning.counts) sum[meaning.counts]++;
    }
  }

  add({ communityId, ...figures }: CommunityFigures): void {
    const sum = this.#of(communityId);
    for (const name of names) sum[name] += figures[name];
  }

  /** In the order of the communities' ids, each with the same members in the same order. */
  toFigures(): CommunityFigures[] {
    return [...this.#sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([communityId, sum]) => ({ communityId, ...sum }));
  }

  #of(communityId: string) {
    return this.#sums.getOrInsertComputed(communityId, () => ({ ...none }));
  }
}

const names = Object.keys(none) as (keyof Figures)[];

/** Entries at a time: few enough that a till behind them hardly waits. */
const ENTRIES_AT_ONCE = 250;

/** Goes through the entries of a business day. */
export async function countFigures(view: View, day: string): Promise<CommunityFigures[]> {
  const sum = new FiguresSum();
  for await (const entries of entriesOfDay(view, day, ENTRIES_AT_ONCE)) for (const entry of entries) sum.entry(entry);
  return sum.toFigures();
}

export type TallyFiguresInput = {
  readonly day: string;
  /** A closed business day, not before that one: nothing more is booked on it. */
  readonly closedDay: string;
  readonly figures: readonly CommunityFigures[];
};

type TallyFiguresReply = { day: string };

/** Stores the figures of a closed day, once. Throws if the day is open. */
export const tallyFigures: Command<TallyFiguresInput, TallyFiguresReply> = {
  name: 'tally-figures',
  load: loadTallyFigures,
  decide: decideTallyFigures,
};

function loadTallyFigures({ day, closedDay }: TallyFiguresInput): readonly Want[] {
  return [one('dayFigures', day), one('businessDay', closedDay)];
}

function decideTallyFigures(facts: Facts, { day, closedDay, figures }: TallyFiguresInput, { at }: Call): Decision<TallyFiguresReply> {
  assert(closedDay >= day && facts.get('businessDay', closedDay), `${day} is not closed by ${closedDay}`);
  const kept = facts.get('dayFigures', day) !== undefined;
  return { rows: kept ? [] : [put('dayFigures', { day, figures: JSON.stringify(figures), talliedAt: at })], reply: { day } };
}

function figuresIn({ figures }: Row<'dayFigures'>): CommunityFigures[] {
  return JSON.parse(figures) as CommunityFigures[];
}

/** The last business day whose figures are stored; undefined: none yet. */
export async function lastDayOfFigures({ read, tables: { dayFigures } }: View): Promise<string | undefined> {
  const { day } = dayFigures;
  return (await read.select({ day }).from(dayFigures).orderBy(desc(day)).limit(1))[0]?.day;
}

const DAYS_AT_ONCE = 100;

/** The stored figures of the business days from `from` to `through`, day after day. */
export async function* figuresOfDays({ read, tables: { dayFigures } }: View, from: string, through: string): AsyncGenerator<DayFigures> {
  const { day } = dayFigures;
  const found = pages<Row<'dayFigures'>>(async (last) => {
    await nextTurn();
    return read
      .select()
      .from(dayFigures)
      .where(and(last ? gt(day, last.day) : gte(day, from), lte(day, through)))
      .orderBy(asc(day))
      .limit(DAYS_AT_ONCE);
  });
  for await (const rows of found) for (const row of rows) yield { day: row.day, figures: figuresIn(row) };
}
