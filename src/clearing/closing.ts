/** Closing a settlement run: its totals freeze, the dues between communities are netted, and the payments and payouts are recorded. */
import {
  account,
  type Call,
  type Command,
  cr,
  type Decision,
  dr,
  type EntryDraft,
  type Facts,
  nthId,
  one,
  type Posting,
  put,
  type Row,
  type RowChange,
  type Want,
} from '../ledger/index.ts';
import type { Acting } from '../access/index.ts';
import { policyAt, wantPolicies } from '../communities/index.ts';
import type { DayDue, DayPayable, Frozen } from './frozen.ts';
import { type Due, grossDues, type Net, netPayments, nets } from './netting.ts';
import { carryEntries } from './payouts.ts';
import { refuse } from './refusals.ts';
import { advanced } from './runs.ts';

const DAY_MS = 24 * 3_600_000;

export type CloseRunInput = Frozen & {
  /** An officer of the street office. */
  readonly by: Acting;
  readonly runId: string;
};

export type CloseRunReply = {
  id: string;
  number: number;
  state: string;
  from_day: string;
  through_day: string;
  gross_fen: number;
  net_fen: number;
  payments: number;
  payouts: number;
  closed_at: number;
};

/** Closes an open run whose business days are closed. Later commands belong to the next run. */
export const closeSettlementRun: Command<CloseRunInput, CloseRunReply> = {
  name: 'close-settlement-run',
  load: loadCloseSettlementRun,
  decide: decideCloseSettlementRun,
};

function loadCloseSettlementRun({ runId, closedDay, dues, payables }: CloseRunInput): readonly Want[] {
  return [
    ...wantPolicies('confirmation'),
    one('settlementRun', runId),
    ...(closedDay === null ? [] : [one('businessDay', closedDay)]),
    ...communitiesIn(dues, payables).map((id) => one('community', id)),
    ...[...new Set(payables.map(({ merchantId }) => merchantId))].map((id) => one('merchant', id)),
  ];
}

function decideCloseSettlementRun(
  facts: Facts,
  { by, runId, closedDay, dues, payables }: CloseRunInput,
  call: Call,
): Decision<CloseRunReply> {
  if (by.communityId !== null) return refuse('street_only');
  const run = facts.get('settlementRun', runId);
  if (!run) return refuse('settlement_run_not_found', { run_id: runId });
  if (run.state !== 'open') return refuse('settlement_run_closed', { run_id: runId, state: run.state, closed_at: run.closedAt! });
  if (closedDay === null || closedDay < run.throughDay || !facts.get('businessDay', closedDay)) {
    return refuse('settlement_days_open', { through_day: run.throughDay });
  }

  // From here on it succeeds.
  const gross = grossDues(dues);
  const positions = nets(gross);
  const payments = netPayments(positions).map((due, n) => paymentRow(run, due, nthId('pay', call, n)));
  const payouts = payoutRows(facts, run, payables, call);
  const due = payouts.filter(({ state }) => state === 'due');
  const closed = {
    ...run,
    closedAt: call.at,
    closedBy: by.id,
    grossFen: totalFen(gross),
    netFen: totalFen(payments),
    escalatesAt: call.at + policyAt(facts, 'confirmation', call.at).days * DAY_MS,
    unconfirmed: payments.length * 2,
    unpaid: payments.length + due.length,
  };
  const row = advanced(closed, call.at);
  return {
    entries: [...nettingEntries(run, dues, call), ...carriedEntries(payouts, payables, call)],
    rows: [
      put('settlementRun', row),
      ...partyRows(facts, run, communitiesIn(dues, payables), positions, payouts),
      ...positionRows(run, gross),
      ...payments.map((payment) => put('settlementPayment', payment)),
      ...payouts.map((payout) => put('payout', payout)),
    ],
    reply: {
      id: runId,
      number: row.number,
      state: row.state,
      from_day: row.fromDay,
      through_day: row.throughDay,
      gross_fen: row.grossFen!,
      net_fen: row.netFen!,
      payments: payments.length,
      payouts: due.length,
      closed_at: call.at,
    },
  };
}

function communitiesIn(dues: readonly DayDue[], payables: readonly DayPayable[]): string[] {
  const all = [...dues.flatMap(({ debtor, creditor }) => [debtor, creditor]), ...payables.map(({ community }) => community)];
  return [...new Set(all)].toSorted();
}

function totalFen(amounts: readonly { readonly fen: number }[]): number {
  return amounts.reduce((sum, { fen }) => sum + fen, 0);
}

/** An entry in each community's book: its due to and due from for the period go to zero, and the difference to clearing. */
function nettingEntries({ id, throughDay }: Row<'settlementRun'>, dues: readonly DayDue[], { at }: Call): EntryDraft[] {
  return communitiesIn(dues, []).flatMap((community) => {
    const owed = dues
      .filter(({ debtor }) => debtor === community)
      .map(({ creditor, day, fen }) => dr(account.dueTo(community, creditor, day), fen));
    const owing = dues
      .filter(({ creditor }) => creditor === community)
      .map(({ debtor, day, fen }) => cr(account.dueFrom(community, debtor, day), fen));
    const legs = [...owed, ...owing];
    const net = 0 - legs.reduce((sum, { amount }) => sum + amount, 0);
    const postings: Posting[] = [...legs, dr(account.clearing(community, throughDay), net)];
    return postings.some(({ amount }) => amount !== 0) ? [{ kind: 'netting', effectiveAt: at, subject: id, postings }] : [];
  });
}

function paymentRow({ id: runId }: Row<'settlementRun'>, { debtor, creditor, fen }: Due, id: string): Row<'settlementPayment'> {
  return {
    id,
    runId,
    debtorId: debtor,
    creditorId: creditor,
    fen,
    debtorConfirmedAt: null,
    debtorConfirmedBy: null,
    creditorConfirmedAt: null,
    creditorConfirmedBy: null,
    madeAt: null,
    madeReference: null,
    receivedAt: null,
    receivedReference: null,
    version: 0,
  };
}

/** One for each community and merchant with payables between them in the period, in the order of their ids. */
function payoutRows(facts: Facts, { id: runId }: Row<'settlementRun'>, payables: readonly DayPayable[], call: Call): Row<'payout'>[] {
  return [...groupedPayables(payables)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, days], n) => {
      const { community, merchantId } = days[0]!;
      const fen = totalFen(days);
      return {
        id: nthId('pyo', call, n),
        runId,
        communityId: community,
        merchantId,
        merchantName: facts.get('merchant', merchantId)!.name,
        fen,
        state: fen > 0 ? 'due' : 'carried',
        bankReference: null,
        failure: null,
        decidedAt: fen > 0 ? null : call.at,
        version: 0,
      };
    });
}

/** By community and merchant: there are many of them, of many days each. */
function groupedPayables(payables: readonly DayPayable[]): Map<string, DayPayable[]> {
  return Map.groupBy(payables, ({ community, merchantId }) => `${community}:${merchantId}`);
}

/** A total that is not above zero is never collected from a merchant: it is carried. */
function carriedEntries(payouts: readonly Row<'payout'>[], payables: readonly DayPayable[], call: Call): EntryDraft[] {
  const groups = groupedPayables(payables);
  return payouts
    .filter(({ state }) => state === 'carried')
    .flatMap((payout) => carryEntries(payout, groups.get(`${payout.communityId}:${payout.merchantId}`)!, call));
}

/** All communities with dues or payables in the period, including those that sum to zero: statements show their names. */
function partyRows(
  facts: Facts,
  { id: runId }: Row<'settlementRun'>,
  communities: readonly string[],
  positions: readonly Net[],
  payouts: readonly Row<'payout'>[],
): RowChange[] {
  const byId = new Map(positions.map((net) => [net.community, net]));
  return communities.map((communityId) => {
    const { dueToFen = 0, dueFromFen = 0, netFen = 0 } = byId.get(communityId) ?? {};
    const own = payouts.filter((payout) => payout.communityId === communityId);
    const { name } = facts.get('community', communityId)!;
    const due = own.filter(({ state }) => state === 'due').length;
    return put('settlementParty', { runId, communityId, name, dueToFen, dueFromFen, netFen, payableFen: totalFen(own), payouts: due });
  });
}

/** Both sides of every pair that owed each other anything. */
function positionRows({ id: runId }: Row<'settlementRun'>, gross: readonly Due[]): RowChange[] {
  const fenOf = new Map(gross.map(({ debtor, creditor, fen }) => [`${debtor}>${creditor}`, fen]));
  const pairs = new Set(gross.flatMap(({ debtor, creditor }) => [`${debtor}>${creditor}`, `${creditor}>${debtor}`]));
  return [...pairs].toSorted().map((pair) => {
    const [communityId, counterpartyId] = pair.split('>') as [string, string];
    const dueToFen = fenOf.get(pair) ?? 0;
    const dueFromFen = fenOf.get(`${counterpartyId}>${communityId}`) ?? 0;
    return put('settlementPosition', { ...undisputed, runId, communityId, counterpartyId, dueToFen, dueFromFen });
  });
}

const undisputed = {
  disputedAt: null,
  disputedBy: null,
  disputeReason: null,
  resolvedAt: null,
  resolvedBy: null,
  resolution: null,
  version: 0,
} satisfies Partial<Row<'settlementPosition'>>;
