/** The practice day as a reconciliation, as a file, and compared with another file. */
import { csvFile } from '../../../src/text/index.ts';
import { today } from '../../shared/format.ts';
import type { Day, Difference, Redemption } from '../teller.ts';

type Line = Day['lines'][number];
type Findings = Difference['missing_here'];
type Finding = Findings['items'][number];

export function dayOf(date: string, redemptions: readonly Redemption[]): Day {
  const lines = date === today() ? redemptions.toReversed().flatMap(linesOf) : [];
  return {
    merchant_id: 'practice',
    store_id: null,
    business_day: date,
    status: date === today() ? 'open' : 'closed',
    totals: totalsOf(lines),
    row_count: lines.length,
    sha256: '',
    lines,
  };
}

function linesOf(redemption: Redemption): Line[] {
  const { id, redeemed_at: at, request_no, store_id, order_no, voucher_id, discount_fen: fen, reversal } = redemption;
  const line = {
    kind: 'redemption' as const,
    id,
    at,
    redemption_id: id,
    request_no,
    store_id,
    terminal_id: null,
    order_no,
    voucher_id,
    fen,
  };
  if (!reversal) return [line];
  return [line, { ...line, kind: 'reversal', id: reversal.id, at: reversal.reversed_at, fen: 0 - fen }];
}

function totalsOf(lines: readonly Pick<Line, 'kind' | 'fen'>[]): Day['totals'] {
  const of = (kind: Line['kind']) => lines.filter((line) => line.kind === kind);
  const sum = (some: readonly Pick<Line, 'fen'>[]) => some.reduce((total, { fen }) => total + fen, 0);
  const [redeemed, reversed] = [of('redemption'), of('reversal')];
  return {
    redemptions: redeemed.length,
    redeemed_fen: sum(redeemed),
    reversals: reversed.length,
    reversed_fen: 0 - sum(reversed),
    net_fen: sum(lines),
  };
}

const COLUMNS = ['kind', 'request_no', 'order_no', 'fen', 'redemption_id', 'at'] as const;

export function fileOf({ lines }: Day): Blob {
  return new Blob([csvFile([COLUMNS, ...lines.map((line) => COLUMNS.map((column) => line[column]))])], { type: 'text/csv' });
}

/** A line of the till's own book. */
export type TheirLine = { readonly pointer: string; readonly kind: Line['kind']; readonly request_no: string; readonly fen: number };

/** As far as practice needs it: lines that are missing on a side, and amounts that differ. */
export function comparedWith(day: Day, theirs: readonly TheirLine[]): Difference {
  const pairs = day.lines.map((ours) => ({ ours, their: theirs.find((line) => keyOf(line) === keyOf(ours)) }));
  const different = pairs.flatMap(({ ours, their }) =>
    their && their.fen !== ours.fen ? [finding(ours, their, 'correct', '与系统记录不一致，请按系统记录更正')] : [],
  );
  const missingThere = pairs.flatMap(({ ours, their }) =>
    their ? [] : [finding(ours, null, 'enter_or_void', '账中缺少该核销：已交货请补记，未交货请作废')],
  );
  const missingHere = theirs
    .filter((line) => !day.lines.some((ours) => keyOf(ours) === keyOf(line)))
    .map((line) => finding(null, line, 'send_again_or_void', '未收到该请求，请用同一请求号补传，或作废后从账中删除'));
  const [ours, sums] = [totalsOf(day.lines), totalsOf(theirs)];
  return {
    merchant_id: 'practice',
    store_id: null,
    business_day: day.business_day,
    status: day.status,
    agrees: different.length + missingThere.length + missingHere.length === 0,
    lines: theirs.length,
    matched: pairs.filter(({ ours: line, their }) => their?.fen === line.fen).length,
    other_stores: 0,
    ours,
    theirs: sums,
    difference_fen: sums.net_fen - ours.net_fen,
    missing_here: findings(missingHere),
    missing_there: findings(missingThere),
    different: findings(different),
    other_day: findings([]),
    repeated: findings([]),
    rounded: findings([]),
  };
}

function keyOf({ kind, request_no: requestNo }: Pick<Line, 'kind' | 'request_no'>): string {
  return `${kind} ${requestNo}`;
}

function finding(ours: Line | null, theirs: TheirLine | null, code: Finding['code'], message: string): Finding {
  return {
    theirs: theirs && { ...theirs, order_no: null, redemption_id: null },
    ours: ours && {
      kind: ours.kind,
      request_no: ours.request_no,
      fen: ours.fen,
      order_no: ours.order_no,
      redemption_id: ours.redemption_id,
      store_id: ours.store_id,
      business_day: ours.at.slice(0, 10),
    },
    differs: ours && theirs ? ['fen'] : [],
    refusal: null,
    code,
    action: '',
    cashier_message: message,
  };
}

function findings(items: Finding[]): Findings {
  return { count: items.length, fen: 0, truncated: 0, items };
}
