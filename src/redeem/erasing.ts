/** The job that erases people whose time has come, step by step; a run continues wherever the one before was stopped. */
import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm';
import { BLANK_AT_ONCE, blankRows, endPerson, markErasure, redoErasure, releaseNumbers, waiveLot } from '../communities/index.ts';
import { accountId, type Command, walletOf } from '../ledger/index.ts';
import {
  blankedMentions,
  blankTables,
  filledColumns,
  isOneOf,
  keyOf,
  mentioningTables,
  pages,
  type Row,
  rowByKey,
  rowsMentioning,
  rowsOfPersons,
  type Store,
} from '../store/index.ts';
import { isOpen } from './ending.ts';
import type { JobDeps } from './jobs.ts';
import { endVoucher } from './leaving.ts';

/** One line for each erasure, kept where the keys are: after a backup was restored they are carried out again. */
export type Erased = { readonly erasureId: string; readonly residentId: string; readonly at: number };

export type EraseDeps = Omit<JobDeps, 'view'> & {
  readonly view: Pick<Store, 'sweep'> & JobDeps['view'];
  /** Keeps the line, on the disk when it returns. */
  readonly keepErased: (erased: Erased) => void;
};

/** How long a command that was under way when a person ended may still write about them. */
const UNDER_WAY_MS = 10 * 60_000;

/** Erasures at a time. */
const PAGE = 20;

/**
 * Carries out the erasures that are due, as far as they can be by now; returns how many came to their end. One that fails does not hold up the
 * others: its error is thrown when they are through.
 */
export async function eraseDue(deps: EraseDeps): Promise<number> {
  const at = deps.clock();
  let finished = 0;
  let failure: { readonly error: unknown } | undefined;
  for await (const due of dueErasures(deps.view, at)) {
    for (const erasure of due) {
      try {
        if (await erase(deps, erasure, at, UNDER_WAY_MS)) finished++;
      } catch (error) {
        failure ??= { error };
      }
    }
  }
  if (failure) throw failure.error;
  return finished;
}

/** Carries out erasures again that the books do not know of, since they were set back to a backup. Nobody else may write meanwhile. */
export async function eraseAgain(deps: EraseDeps, lines: readonly Erased[]): Promise<number> {
  const at = deps.clock();
  let finished = 0;
  for (const { erasureId, residentId } of lines) {
    await submit(deps, redoErasure, { erasureId, residentId }, `redo-erasure:${erasureId}:${at}`);
    const erasure = await rowByKey(deps.view, 'erasure', erasureId);
    if (erasure && erasure.finishedAt === null && (await erase(deps, erasure, at, 0))) finished++;
  }
  return finished;
}

/** Takes the steps of one erasure that are left; true once it is done. */
async function erase(deps: EraseDeps, erasure: Row<'erasure'>, at: number, waitMs: number): Promise<boolean> {
  const { id: erasureId, residentId } = erasure;
  const step = async <I extends { erasureId: string }>(command: Command<I, { done: boolean }>, input: Omit<I, 'erasureId'>, about = '') =>
    submit(deps, command, { ...input, erasureId } as I, `${command.name}:${erasureId}:${about}${at}`);
  const late = erasure.blankedAt !== null && erasure.endedAt !== null && at < erasure.endedAt + waitMs;
  if (late) return false;
  let left = await step(endPerson, {});
  for (const voucherId of await openVouchers(deps, residentId)) left = (await step(endVoucher, { voucherId }, `${voucherId}:`)) || left;
  for (const lot of await filledLots(deps, residentId)) left = (await step(waiveLot, lot, `${lot.communityId}:${lot.expiresOn}:`)) || left;
  left = (await step(releaseNumbers, { officerIds: await officersOf(deps, residentId) })) || left;
  left = (await blankAll(deps, residentId, step)) || left;
  await step(markErasure, { step: 'blankedAt' }, 'blankedAt:');
  const { endedAt } = (await rowByKey(deps.view, 'erasure', erasureId))!;
  if (endedAt === null || (waitMs > 0 && (left || at < endedAt + waitMs))) return false;
  if (!(await deps.view.sweep())) return false;
  deps.keepErased({ erasureId, residentId, at });
  return step(markErasure, { step: 'finishedAt' }, 'finishedAt:');
}

type Step = <I extends { erasureId: string }>(
  command: Command<I, { done: boolean }>,
  input: Omit<I, 'erasureId'>,
  about?: string,
) => Promise<boolean>;

/** First where several are named, as the words there are known by the person's names. */
async function blankAll({ view }: EraseDeps, residentId: string, step: Step): Promise<boolean> {
  let any = false;
  for (const table of mentioningTables) {
    let page = 0;
    for await (const rows of rowsMentioning(view, table, residentId, BLANK_AT_ONCE)) {
      const filled = rows.filter((row) => !isDeepStrictEqual(blankedMentions(table, row, residentId), row));
      const keys = filled.map((row) => keyOf(table, row));
      if (keys.length > 0) any = (await step(blankRows, { table, keys }, `${table}:of several:${page++}:`)) || any;
    }
  }
  for (const table of blankTables) {
    let page = 0;
    for await (const rows of rowsOfPersons(view, table, [residentId], BLANK_AT_ONCE)) {
      const keys = rows.filter((row) => filledColumns(table, row).length > 0).map((row) => keyOf(table, row));
      if (keys.length > 0) any = (await step(blankRows, { table, keys }, `${table}:${page++}:`)) || any;
    }
  }
  return any;
}

/** Erasures that are due at `at` and neither withdrawn nor finished, which are the only ones in their index, a page at a time. */
function dueErasures({ read, tables: { erasure } }: JobDeps['view'], at: number): AsyncGenerator<Row<'erasure'>[]> {
  const { dueAt, id, withdrawnAt, finishedAt } = erasure;
  return pages<Row<'erasure'>>(async (last) =>
    read
      .select()
      .from(erasure)
      .where(
        and(
          lte(dueAt, at),
          isNull(withdrawnAt),
          isNull(finishedAt),
          last && sql`(${dueAt}, ${id}) > (${last.dueAt}, ${sql.param(last.id, id)})`,
        ),
      )
      .orderBy(asc(dueAt), asc(id))
      .limit(PAGE),
  );
}

async function openVouchers({ view }: EraseDeps, residentId: string): Promise<string[]> {
  const { voucher } = view.tables;
  const rows = await view.read.select({ id: voucher.id, state: voucher.state }).from(voucher).where(eq(voucher.residentId, residentId));
  return rows.filter(isOpen).map(({ id }) => id);
}

async function filledLots({ view }: EraseDeps, residentId: string): Promise<Row<'lot'>[]> {
  const { lot, account } = view.tables;
  const lots = await view.read.select().from(lot).where(eq(lot.residentId, residentId));
  const ids = lots.map((each) => accountId(walletOf(each)));
  const filled = await view.read
    .select({ id: account.id })
    .from(account)
    .where(and(isOneOf(view, account.id, ids), sql`${account.balance} <> 0`));
  const known = new Set(filled.map(({ id }) => id));
  return lots.filter((each) => known.has(accountId(walletOf(each))));
}

async function officersOf({ view }: EraseDeps, residentId: string): Promise<string[]> {
  const { officer } = view.tables;
  const rows = await view.read.select({ id: officer.id }).from(officer).where(eq(officer.residentId, residentId));
  return rows.map(({ id }) => id);
}

async function submit<I>({ engine }: EraseDeps, command: Command<I, { done: boolean }>, input: I, key: string): Promise<boolean> {
  const outcome = await engine.bySystem(command, input, key);
  return !('refused' in outcome) && !outcome.replayed && outcome.reply.done;
}
