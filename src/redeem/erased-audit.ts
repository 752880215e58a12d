/** The check that nothing is left of people who were erased but their id. */
import { isDeepStrictEqual } from 'node:util';
import { and, asc, gt, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { accountId, addDays, type Check, dayOf, type Finding, finding, lastClosedDay, walletOf } from '../ledger/index.ts';
import {
  blankedMentions,
  blankTables,
  filledColumns,
  isOneOf,
  keyOf,
  keyText,
  mentioningTables,
  pages,
  type Row,
  rowsById,
  rowsMentioning,
  rowsOfPersons,
  type TableName,
  type View,
} from '../store/index.ts';

/** Erasures at a time, and rows of theirs. */
const PAGE = 100;
const ROWS = 500;

/** So many days after its begin an erasure has been finished for long. */
const DAYS = 1;

export const erasedCheck: Check = {
  id: 'E9',
  title: 'of an erased person no name, contact or text is left, no open voucher, and no points',
  run: nothingIsLeft,
};

async function nothingIsLeft(view: View): Promise<Finding> {
  const { seen, off } = await endedOtherwise(view);
  if (off) return finding(seen, 'residents', off);
  for await (const begun of begunErasures(view)) {
    const erasures = begun.filter(({ finishedAt }) => finishedAt !== null);
    const fault =
      (await notEnded(view, begun)) ??
      (await notFinished(view, begun)) ??
      (await notBlank(view, erasures)) ??
      (await mentioned(view, erasures)) ??
      (await stillReached(view, erasures)) ??
      (await stillAtHome(view, erasures)) ??
      (await openVoucher(view, erasures)) ??
      (await filledWallet(view, erasures));
    if (fault) return finding(seen, 'residents', fault);
  }
  return finding(seen, 'residents', undefined);
}

type Erasures = readonly Row<'erasure'>[];

function begunErasures({ read, tables: { erasure } }: View): AsyncGenerator<Row<'erasure'>[]> {
  return pages<Row<'erasure'>>(async (last) =>
    read
      .select()
      .from(erasure)
      .where(and(or(isNotNull(erasure.endedAt), isNotNull(erasure.finishedAt)), last && gt(erasure.id, last.id)))
      .orderBy(asc(erasure.id))
      .limit(PAGE),
  );
}

function idsOf(erasures: Erasures): string[] {
  return erasures.map(({ residentId }) => residentId);
}

/** The finding is stored: it names rows by their ids, and no text. */
async function notEnded(view: View, erasures: Erasures): Promise<string | undefined> {
  const byId = new Map(erasures.map((erasure) => [erasure.residentId, erasure]));
  for await (const residents of rowsOfPersons(view, 'resident', idsOf(erasures), ROWS)) {
    for (const { id, status } of residents) {
      if (status !== 'ended') return `${id}: ${status}, but ${byId.get(id)!.id} has ended them`;
      byId.delete(id);
    }
  }
  const [lost] = byId.values();
  return lost && `${lost.id}: the resident ${lost.residentId} is not there`;
}

/** An erasure takes ten minutes; one that has not come to its end for days is stuck. */
async function notFinished(view: View, erasures: Erasures): Promise<string | undefined> {
  const closed = await lastClosedDay(view);
  const stuck = erasures.find(({ endedAt, finishedAt }) => finishedAt === null && addDays(dayOf(endedAt!), DAYS) < closed);
  return stuck && `${stuck.id}: begun on ${dayOf(stuck.endedAt!)}, and not finished`;
}

async function notBlank(view: View, erasures: Erasures): Promise<string | undefined> {
  for (const table of blankTables) {
    for await (const rows of rowsOfPersons(view, table, idsOf(erasures), ROWS)) {
      const off = firstFilled(table, rows);
      if (off) return off;
    }
  }
  return undefined;
}

function firstFilled<N extends TableName>(table: N, rows: readonly Row<N>[]): string | undefined {
  const row = rows.find((each) => filledColumns(table, each).length > 0);
  return row && `${table} ${keyText(keyOf(table, row)).replaceAll('\n', ' ')}: ${filledColumns(table, row).join(', ')} of an erased person`;
}

/** Words about an erased person in a row that names several people. */
async function mentioned(view: View, erasures: Erasures): Promise<string | undefined> {
  const ids = new Set(idsOf(erasures));
  for (const table of mentioningTables) {
    for await (const rows of rowsMentioning(view, table, undefined, ROWS)) {
      const row = rows.find((each) =>
        namedIn(each).some((id) => ids.has(id) && !isDeepStrictEqual(blankedMentions(table, each, id), each)),
      );
      if (row) return `${keyText(keyOf(table, row)).replaceAll('\n', ' ')}: has words beside the id of an erased person`;
    }
  }
  return undefined;
}

function namedIn(row: object): readonly string[] {
  return JSON.stringify(row).match(/res_[0-9a-f]{32}/g) ?? [];
}

async function stillReached(view: View, erasures: Erasures): Promise<string | undefined> {
  const { residentPhone, client, officer } = view.tables;
  const ids = idsOf(erasures);
  const [phone] = await view.read
    .select()
    .from(residentPhone)
    .where(isOneOf(view, residentPhone.residentId, ids))
    .limit(1);
  if (phone) return `${phone.residentId}: erased, and still has a number`;
  const clients = await view.read
    .select()
    .from(client)
    .where(isOneOf(view, client.residentId, ids));
  const open = clients.find(({ status }) => status !== 'revoked');
  if (open) return `${open.id}: ${open.status}, and acts for an erased person`;
  const [tied] = await view.read
    .select()
    .from(officer)
    .where(isOneOf(view, officer.residentId, ids))
    .limit(1);
  return tied && `${tied.id}: is said to be an erased person`;
}

async function stillAtHome(view: View, erasures: Erasures): Promise<string | undefined> {
  const { householdOf, householdMember } = view.tables;
  const ids = idsOf(erasures);
  const [housed] = await view.read
    .select()
    .from(householdOf)
    .where(and(isOneOf(view, householdOf.residentId, ids), isNotNull(householdOf.householdId)))
    .limit(1);
  if (housed) return `${housed.residentId}: erased, and still in the household ${housed.householdId}`;
  const [member] = await view.read
    .select()
    .from(householdMember)
    .where(and(isOneOf(view, householdMember.residentId, ids), isNull(householdMember.until)))
    .limit(1);
  return member && `${member.residentId}: erased, and still a member of ${member.householdId}`;
}

async function openVoucher(view: View, erasures: Erasures): Promise<string | undefined> {
  const { voucher } = view.tables;
  const [open] = await view.read
    .select({ id: voucher.id, state: voucher.state })
    .from(voucher)
    .where(and(isOneOf(view, voucher.residentId, idsOf(erasures)), inArray(voucher.state, ['issued', 'suspended'])))
    .limit(1);
  return open && `${open.id}: ${open.state}, and its resident is erased`;
}

async function filledWallet(view: View, erasures: Erasures): Promise<string | undefined> {
  const { account } = view.tables;
  for await (const lots of rowsOfPersons(view, 'lot', idsOf(erasures), ROWS)) {
    const ids = lots.map((lot) => accountId(walletOf(lot)));
    const wallets = await view.read
      .select({ path: account.path, balance: account.balance })
      .from(account)
      .where(isOneOf(view, account.id, ids));
    const off = wallets.find(({ balance }) => balance !== 0);
    if (off) return `${off.path}: balance ${0 - off.balance}, and its resident is erased`;
  }
  return undefined;
}

/** Everybody who has ended did so by an erasure of their own, which was carried out. */
async function endedOtherwise(view: View): Promise<{ readonly seen: number; readonly off?: string }> {
  const { resident } = view.tables;
  const residents = pages<Pick<Row<'resident'>, 'id' | 'status' | 'erasureId'>>(async (last) =>
    view.read
      .select({ id: resident.id, status: resident.status, erasureId: resident.erasureId })
      .from(resident)
      .where(last && gt(resident.id, last.id))
      .orderBy(asc(resident.id))
      .limit(ROWS),
  );
  let seen = 0;
  for await (const page of residents) {
    const ended = page.filter(({ status }) => status === 'ended');
    const ids = ended.flatMap(({ erasureId }) => (erasureId === null ? [] : [erasureId]));
    const byId = await rowsById(view, 'erasure', ids);
    const off = ended.find(({ id, erasureId }) => !explains(byId.get(erasureId ?? ''), id));
    if (off) return { seen, off: `${off.id}: ended, and no erasure of theirs says why` };
    seen += page.length;
  }
  return { seen };
}

function explains(erasure: Row<'erasure'> | undefined, residentId: string): boolean {
  return erasure?.residentId === residentId && erasure.endedAt !== null && erasure.withdrawnAt === null;
}
