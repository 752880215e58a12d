/** The redemptions and reversals of a business day, by store: the order of the only indexes for them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { isOneOf, type Row, type View } from '../store/index.ts';

/** The lines of a day come in this order: first all reversals. A redemption that is undone meanwhile is then never taken off without being counted. */
export const lineKinds = ['reversal', 'redemption'] as const;
export type LineKind = (typeof lineKinds)[number];

export type LineKey = {
  readonly storeId: string;
  /** The id of the redemption or of the reversal. */
  readonly id: string;
};

export type DayLine = LineKey & {
  readonly kind: LineKind;
  readonly at: number;
  /** The redemption that was made or undone. */
  readonly redemption: Row<'redemption'>;
};

export type DayLineQuery = {
  readonly day: string;
  /** Only of these stores. */
  readonly stores?: readonly string[];
  /** The line after which they begin. */
  readonly after?: LineKey | undefined;
  readonly limit: number;
};

/** The lines of one kind on a business day, by store, then in the order in which they came. */
export async function linesOfDay(view: View, kind: LineKind, query: DayLineQuery): Promise<DayLine[]> {
  // On SQLite a read never yields: without a pause tills would have to wait until a whole day is read.
  await nextTurn();
  if (kind === 'reversal') return reversalsOfDay(view, query);
  const { read, tables } = view;
  const rows = await read
    .select()
    .from(tables.redemption)
    .where(isAsked(view, tables.redemption, query))
    .orderBy(asc(tables.redemption.storeId), asc(tables.redemption.id))
    .limit(query.limit);
  return rows.map((redemption) => ({ kind, id: redemption.id, storeId: redemption.storeId, at: redemption.at, redemption }));
}

async function reversalsOfDay(view: View, query: DayLineQuery): Promise<DayLine[]> {
  const { redemption, redemptionReversal: reversal } = view.tables;
  const rows = await view.read
    .select()
    .from(reversal)
    .where(isAsked(view, reversal, query))
    .orderBy(asc(reversal.storeId), asc(reversal.id))
    .limit(query.limit);
  const ids = rows.map(({ redemptionId }) => redemptionId);
  const undone = await view.read
    .select()
    .from(redemption)
    .where(isOneOf(view, redemption.id, ids));
  const byId = new Map(undone.map((row) => [row.id, row]));
  return rows.map(({ id, storeId, at, redemptionId }) => ({ kind: 'reversal', id, storeId, at, redemption: byId.get(redemptionId)! }));
}

type LineTable = View['tables']['redemption'] | View['tables']['redemptionReversal'];

function isAsked(view: View, { businessDay, storeId, id }: LineTable, { day, stores, after }: DayLineQuery): SQL | undefined {
  const later = after && sql`(${storeId}, ${id}) > (${sql.param(after.storeId, storeId)}, ${sql.param(after.id, id)})`;
  return and(eq(businessDay, day), stores && isOneOf(view, storeId, stores), later);
}
