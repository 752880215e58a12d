import { asc, count, eq, ne } from 'drizzle-orm';
import {
  type AccountKind,
  balancesOfDays,
  type Check,
  entryPages,
  type Finding,
  finding,
  normalBalance,
  partsOf,
  postingsOf,
  summed,
} from '../ledger/index.ts';
import type { Row, View } from '../store/index.ts';
import { figuresOfDays, FiguresSum } from './figures.ts';
import { referencesAreFolded } from './folded-audit.ts';
import { countFlows, type Flow } from './flows.ts';
import { payablesOf } from './frozen.ts';
import { partiesOf, paymentsOfRun, payoutsOfRun, positionsOfRun } from './queries.ts';

/** Entries at a time. */
const PAGE = 500;

/** The checks that compare settlement runs with the books. */
export const clearingChecks: readonly Check[] = [
  { id: 'I12', title: 'a closed settlement run leaves nothing due between communities, a paid one nothing at all', run: settledIsZero },
  { id: 'S5', title: 'the frozen amounts of a run sum up, and the books hold exactly those that are not paid', run: frozenIsPosted },
  { id: 'S6', title: 'the stored flows of a day equal the sums of its redemptions and reversals', run: flowsAreCounted },
  { id: 'S8', title: "a community's bank account holds the sum of its movements, by the bank's references", run: banksAreMovements },
  { id: 'S9', title: 'the stored figures of a day equal the sums of its entries', run: figuresAreCounted },
  { id: 'S11', title: 'each reference of a grant or a bank movement is folded, and held once in its community', run: referencesAreFolded },
];

type Run = Row<'settlementRun'>;

async function closedRuns({ read, tables: { settlementRun } }: View): Promise<Run[]> {
  return read.select().from(settlementRun).where(ne(settlementRun.state, 'open')).orderBy(asc(settlementRun.id));
}

async function settledIsZero(view: View): Promise<Finding> {
  let seen = 0;
  for (const { number, state, fromDay, throughDay } of await closedRuns(view)) {
    const settled: AccountKind[] = state === 'paid' ? ['due-to', 'due-from', 'payable', 'clearing'] : ['due-to', 'due-from'];
    for (const kind of settled) {
      const accounts = await balancesOfDays(view, kind, fromDay, throughDay);
      const off = accounts.find(({ balance }) => balance !== 0);
      if (off) return finding(seen, 'accounts', `${off.path}: balance ${normalBalance(kind, off.balance)}, but run ${number} is ${state}`);
      seen += accounts.length;
    }
  }
  return finding(seen, 'accounts', undefined);
}

async function frozenIsPosted(view: View): Promise<Finding> {
  let seen = 0;
  for (const run of await closedRuns(view)) {
    const fault = (await countFault(view, run)) ?? (await partyFault(view, run)) ?? (await payoutFault(view, run));
    if (fault) return finding(seen, 'runs', `run ${run.number}: ${fault}`);
    seen++;
  }
  return finding(seen, 'runs', undefined);
}

/** A run counts its open confirmations and payments. */
async function countFault(view: View, run: Run): Promise<string | undefined> {
  const payments = await paymentsOfRun(view, run.id, null);
  const confirmations = payments.flatMap(({ debtorConfirmedAt, creditorConfirmedAt }) => [debtorConfirmedAt, creditorConfirmedAt]);
  const unconfirmed = confirmations.filter((at) => at === null).length;
  const open = payments.filter(({ madeAt, receivedAt }) => madeAt === null || receivedAt === null).length;
  const unpaid = open + (await payoutsOfRun(view, run.id, null)).filter((payout) => leftOf(payout) > 0).length;
  if (run.unconfirmed === unconfirmed && run.unpaid === unpaid) return undefined;
  return `counts ${run.unconfirmed} unconfirmed and ${run.unpaid} unpaid, but there are ${unconfirmed} and ${unpaid}`;
}

/**
 * A community's positions sum to its frozen totals, its payments to its net, and its clearing account holds the payments that it has not
 * booked.
 */
async function partyFault(view: View, run: Run): Promise<string | undefined> {
  const positions = await positionsOfRun(view, run.id, null);
  const payments = await paymentsOfRun(view, run.id, null);
  const clearing = await balancesOfDays(view, 'clearing', run.throughDay, run.throughDay);
  const left = new Map(clearing.map(({ path, balance }) => [partsOf(path).community, balance]));
  for (const { communityId, dueToFen, dueFromFen, netFen } of await partiesOf(view, run.id)) {
    const own = positions.filter((position) => position.communityId === communityId);
    const [to, from] = [sum(own.map((each) => each.dueToFen)), sum(own.map((each) => each.dueFromFen))];
    if (to !== dueToFen || from !== dueFromFen)
      return `${communityId} froze ${dueToFen} and ${dueFromFen} fen, its positions ${to} and ${from}`;
    const signed = payments.map((payment) => ({ payment, fen: signedFor(payment, communityId) }));
    const paid = sum(signed.map(({ fen }) => fen));
    if (paid !== netFen || netFen !== from - to) return `${communityId} has a net of ${netFen} fen, its payments come to ${paid}`;
    const open = sum(signed.map(({ payment, fen }) => (isBooked(payment, communityId) ? 0 : fen)));
    if ((left.get(communityId) ?? 0) !== open)
      return `${communityId} has ${open} fen to book, its clearing account ${left.get(communityId) ?? 0}`;
  }
  return undefined;
}

function signedFor({ debtorId, creditorId, fen }: Row<'settlementPayment'>, communityId: string): number {
  return communityId === creditorId ? fen : communityId === debtorId ? 0 - fen : 0;
}

function isBooked({ debtorId, madeAt, receivedAt }: Row<'settlementPayment'>, communityId: string): boolean {
  return (communityId === debtorId ? madeAt : receivedAt) !== null;
}

/** The balance of a merchant's accounts of the run's days is its frozen payout, until that is paid or carried. */
async function payoutFault(view: View, run: Run): Promise<string | undefined> {
  const owed = new Map<string, number>();
  for (const { community, merchantId, fen } of await payablesOf(view, run.fromDay, run.throughDay)) {
    owed.set(`${community}:${merchantId}`, (owed.get(`${community}:${merchantId}`) ?? 0) + fen);
  }
  const payouts = await payoutsOfRun(view, run.id, null);
  const known = new Set(payouts.map(({ communityId, merchantId }) => `${communityId}:${merchantId}`));
  const lost = [...owed].find(([who, fen]) => fen !== 0 && !known.has(who));
  if (lost) return `${lost[0]} is owed ${lost[1]} fen, and there is no payout`;
  const off = payouts.find((payout) => leftOf(payout) !== (owed.get(`${payout.communityId}:${payout.merchantId}`) ?? 0));
  return (
    off && `${off.id} is ${off.state}, its merchant is owed ${owed.get(`${off.communityId}:${off.merchantId}`) ?? 0} of ${off.fen} fen`
  );
}

function leftOf({ state, fen }: Row<'payout'>): number {
  return state === 'due' || state === 'failed' ? fen : 0;
}

async function flowsAreCounted(view: View): Promise<Finding> {
  const { dayFlows } = view.tables;
  let seen = 0;
  for (const { day, flows } of await view.read.select().from(dayFlows).orderBy(asc(dayFlows.day))) {
    const counted = await countFlows(view, day);
    const kept = JSON.parse(flows) as Flow[];
    if (JSON.stringify(kept) !== JSON.stringify(counted))
      return finding(seen, 'days', `${day}: ${flows} was kept, ${JSON.stringify(counted)} is counted`);
    seen++;
  }
  return finding(seen, 'days', undefined);
}

/** Goes through the whole journal once, and not day by day as the job does: this detects an entry that the job missed on its day. */
async function figuresAreCounted(view: View): Promise<Finding> {
  const counted = new Map<string, FiguresSum>();
  for await (const entries of entryPages(view, PAGE)) {
    const legs = await postingsOf(view, entries);
    for (const { id, kind, businessDay } of entries) {
      counted.getOrInsertComputed(businessDay, () => new FiguresSum()).entry({ kind, postings: legs.get(id) ?? [] });
    }
  }
  let seen = 0;
  for await (const { day, figures: kept } of figuresOfDays(view, '0001-01-01', '9999-12-31')) {
    const [told, comesTo] = [kept, counted.get(day)?.toFigures() ?? []].map((figures) => JSON.stringify(figures));
    if (told !== comesTo) return finding(seen, 'days', `${day}: ${told} was kept, ${comesTo} is counted`);
    seen++;
  }
  return finding(seen, 'days', undefined);
}

async function banksAreMovements({ read, tables: { account, bankMovement } }: View): Promise<Finding> {
  const balances = await read
    .select({ community: account.community, fen: summed(account.balance) })
    .from(account)
    .where(eq(account.kind, 'bank'))
    .groupBy(account.community);
  const moved = await read
    .select({ community: bankMovement.communityId, fen: summed(bankMovement.fen), movements: count() })
    .from(bankMovement)
    .groupBy(bankMovement.communityId);
  const left = new Map(balances.map(({ community, fen }) => [community, fen]));
  for (const { community, fen } of moved) left.set(community, (left.get(community) ?? 0) - fen);
  const off = [...left].toSorted(([a], [b]) => (a < b ? -1 : 1)).find(([, fen]) => fen !== 0);
  const seen = sum(moved.map(({ movements }) => movements));
  return finding(seen, 'movements', off && `bank:${off[0]}: its balance is ${off[1]} fen more than what moved on it`);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
