/** The rows of approved lists: each is granted by a command of its own, and its outcome is that command's. */
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm';
import { type Engine, type Refusal, SYSTEM_CLIENT } from '../../ledger/index.ts';
import { hexOf, idOf, isOneOf, pages, type Row, rowByKey, type View } from '../../store/index.ts';
import { grant } from '../grants.ts';
import { finishGrantList, type GrantList, grantListMatter, type ListedDeed } from './grant-list.ts';

export type ListDeps = { readonly view: View; readonly engine: Engine };

/** Rows granted at once: few enough that a till behind them hardly waits. */
const SMALL_BATCH = 16;

/** Lists read at once. */
const PAGE = 20;

/** Goes on with every list that is approved and not done, the oldest first; returns how many were finished. A failed one does not hold up the rest. */
export async function carryOutGrantLists(deps: ListDeps & { readonly clock: () => number }): Promise<number> {
  let finished = 0;
  let failure: { readonly error: unknown } | undefined;
  for await (const lists of openLists(deps.view, deps.clock())) {
    for (const { id } of lists) {
      try {
        if (await carryOutGrantList(deps, id)) finished++;
      } catch (error) {
        failure ??= { error };
      }
    }
  }
  if (failure) throw failure.error;
  return finished;
}

/**
 * Grants the rows of a list that have no outcome yet, a few at a time, and notes the end when all have one; returns whether it did. It may be
 * interrupted, begun again, and run by several processes at once: a row is known by its key. Throws if a row could not be decided.
 */
export async function carryOutGrantList({ view, engine }: ListDeps, listId: string): Promise<boolean> {
  const list = await rowByKey(view, 'grantList', listId);
  if (!list || list.doneAt !== null) return false;
  const rows = await rowsOfGrantList(view, list);
  const waiting = rows.filter(({ outcome }) => outcome === null);
  let granted = rows.filter(({ outcome }) => outcome && 'grantId' in outcome).length;
  const failed: unknown[] = [];
  for (let n = 0; n < waiting.length; n += SMALL_BATCH) {
    const turn = await Promise.allSettled(waiting.slice(n, n + SMALL_BATCH).map((row) => grantRow(engine, list, row)));
    for (const each of turn) {
      if (each.status === 'rejected') failed.push(each.reason);
      else if ('reply' in each.value) granted++;
    }
  }
  if (failed.length > 0) throw failed[0];
  const input = { id: list.id, granted, refused: rows.length - granted };
  return !(await engine.bySystem(finishGrantList, input, `finish-grant-list:${hexOf(list.id)}`)).replayed;
}

async function grantRow(engine: Engine, list: Row<'grantList'>, { deed, worth, number }: ListRow) {
  const by = { id: list.proposedBy, communityId: list.communityId };
  return engine.bySystem(grant, { ...deed, worth, by, approvedBy: list.approvedBy }, rowKey(list.id, number), { actor: by.id });
}

function rowKey(listId: string, number: number): string {
  return `grant-list:${hexOf(listId)}:${number}`;
}

/** A row of a list; its outcome is null while it waits. */
export type ListRow = {
  /** From 1 on. */
  readonly number: number;
  readonly deed: ListedDeed;
  readonly worth: number;
  readonly outcome: { readonly grantId: string } | Refusal | null;
};

/** The rows of an approved list in their order, with their outcomes: they are those of the requests with the rows' keys. */
export async function rowsOfGrantList(view: View, { id }: Pick<Row<'grantList'>, 'id'>): Promise<ListRow[]> {
  const { rows, worth } = await listOf(view, id);
  const { request } = view.tables;
  const keys = rows.map((_, n) => rowKey(id, n + 1));
  const found = await view.read
    .select({ key: request.key, commandId: request.commandId, outcome: request.outcome })
    .from(request)
    .where(and(isOneOf(view, request.key, keys), eq(request.client, SYSTEM_CLIENT)));
  const byKey = new Map(found.map((row) => [row.key, row]));
  return rows.map((deed, n) => {
    const made = byKey.get(keys[n]!);
    return { number: n + 1, deed, worth: worth[n]!, outcome: made ? outcomeOf(made) : null };
  });
}

async function listOf(view: View, id: string): Promise<GrantList> {
  return grantListMatter.stored((await rowByKey(view, 'proposal', idOf('pro', hexOf(id))))!);
}

function outcomeOf({ commandId, outcome }: Pick<Row<'request'>, 'commandId' | 'outcome'>): { grantId: string } | Refusal {
  return outcome === null ? { grantId: idOf('grt', commandId) } : (JSON.parse(outcome) as Refusal);
}

/** An approved list, or undefined. */
export function grantListById(view: View, id: string): Promise<Row<'grantList'> | undefined> {
  return rowByKey(view, 'grantList', id);
}

/** Lists that were approved until `at` and are not done, which are the only ones in their index. */
function openLists({ read, tables: { grantList } }: View, at: number) {
  const { id, approvedAt, doneAt } = grantList;
  return pages<{ id: string; approvedAt: number }>(async (last) =>
    read
      .select({ id, approvedAt })
      .from(grantList)
      .where(
        and(isNull(doneAt), lte(approvedAt, at), last && sql`(${approvedAt}, ${id}) > (${last.approvedAt}, ${sql.param(last.id, id)})`),
      )
      .orderBy(asc(approvedAt), asc(id))
      .limit(PAGE),
  );
}
