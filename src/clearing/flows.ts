/** The flows between communities: counted from the redemptions and reversals of business days. */
import assert from 'node:assert/strict';
import { and, asc, gt, gte, lte } from 'drizzle-orm';
import { type Call, type Command, type Decision, type Facts, one, put, type Want } from '../ledger/index.ts';
import { pages, type View } from '../store/index.ts';
import { type Borne, borneParts } from './borne.ts';
import { type DayLine, type LineKind, lineKinds, linesOfDay } from './day-lines.ts';

/** The redemptions of one issuer's points at merchants of one acquirer, less reversals; `fen` is the amount that the issuer bears. */
export type Flow = {
  readonly issuer: string;
  readonly acquirer: string;
  readonly points: number;
  readonly fen: number;
  readonly redemptions: number;
  readonly reversals: number;
};

export type DayFlow = Flow & { readonly day: string };

/** Lines at a time: few enough that a till behind them hardly waits. */
const PAGE = 250;

/**
 * The flows of the business days from `from` to `through`, by day and in the order of the communities' ids. Days that were tallied are read,
 * the others counted now.
 */
export async function flowsOfDays(view: View, from: string, through: string): Promise<DayFlow[]> {
  const { dayFlows } = view.tables;
  const rows = await view.read
    .select()
    .from(dayFlows)
    .where(and(gte(dayFlows.day, from), lte(dayFlows.day, through)));
  const tallied = new Map(rows.map(({ day, flows }) => [day, JSON.parse(flows) as Flow[]]));
  const days = [...new Set([...tallied.keys(), ...(await busyDays(view, from, through))])].toSorted();
  const flows: DayFlow[] = [];
  for (const day of days) {
    for (const flow of tallied.get(day) ?? (await countFlows(view, day))) flows.push({ day, ...flow });
  }
  return flows;
}

/** The business days with redemptions or reversals: a look-up in an index for each. */
async function busyDays({ read, tables: { redemption, redemptionReversal } }: View, from: string, through: string): Promise<string[]> {
  const days: string[] = [];
  for (const table of [redemption, redemptionReversal]) {
    const { businessDay } = table;
    const next = pages<{ day: string }>(async (last) =>
      read
        .select({ day: businessDay })
        .from(table)
        .where(and(last ? gt(businessDay, last.day) : gte(businessDay, from), lte(businessDay, through)))
        .orderBy(asc(businessDay))
        .limit(1),
    );
    for await (const [found] of next) days.push(found!.day);
  }
  return days;
}

/** Goes through the redemptions and reversals of a day. */
export async function countFlows(view: View, day: string): Promise<Flow[]> {
  const sums = new Map<string, Flow>();
  for (const kind of lineKinds) {
    for await (const lines of pages<DayLine>((after) => linesOfDay(view, kind, { day, after, limit: PAGE }))) {
      const parts = await borneParts(
        view,
        lines.map(({ redemption }) => redemption),
        day,
      );
      for (const borne of [...parts.values()].flat()) addUp(sums, borne, kind);
    }
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, flow]) => flow);
}

/** Adds a part of a redemption to the sums, or takes away one that was undone. */
function addUp(sums: Map<string, Flow>, { issuer, acquirer, points, fen }: Borne, kind: LineKind): void {
  // A space sorts before every character of an id, so pairs are in the order of their communities.
  const pair = `${issuer} ${acquirer}`;
  const sum = sums.get(pair) ?? { issuer, acquirer, points: 0, fen: 0, redemptions: 0, reversals: 0 };
  const undone = kind === 'reversal';
  const counts = undone ? { reversals: sum.reversals + 1 } : { redemptions: sum.redemptions + 1 };
  sums.set(pair, { ...sum, ...counts, points: sum.points + (undone ? 0 - points : points), fen: sum.fen + (undone ? 0 - fen : fen) });
}

export type TallyInput = {
  readonly day: string;
  /** A closed business day, not before that one: nothing more comes to it. */
  readonly closedDay: string;
  readonly flows: readonly Flow[];
};

type TallyDayReply = { day: string };

/** Stores the flows of a closed day, once, so that they are not counted again. Throws if the day is open. */
export const tallyDay: Command<TallyInput, TallyDayReply> = { name: 'tally-day', load: loadTallyDay, decide: decideTallyDay };

function loadTallyDay({ day, closedDay }: TallyInput): readonly Want[] {
  return [one('dayFlows', day), one('businessDay', closedDay)];
}

function decideTallyDay(facts: Facts, { day, closedDay, flows }: TallyInput, { at }: Call): Decision<TallyDayReply> {
  assert(closedDay >= day && facts.get('businessDay', closedDay), `${day} is not closed by ${closedDay}`);
  const kept = facts.get('dayFlows', day) !== undefined;
  return { rows: kept ? [] : [put('dayFlows', { day, flows: JSON.stringify(flows), talliedAt: at })], reply: { day } };
}
