/** How the comparison with a till's own book looks on the wire. */
import { z } from 'zod';
import type { Action, BookDifference, Finding, TillLine, Totals } from '../../redeem/index.ts';
import { amountOf, bookFenOf, bookHeadings, bookKindOf, bookNumberOf, mangledBy } from '../../text/index.ts';
import type { Columns } from './line-formats.ts';
import { requestNo } from './redemption-wire.ts';
import { onWire } from '../http/names.ts';
import { count, day, FEN_MAX, id, orderNo, orderNoCell } from '../http/wire.ts';
import { faulty } from '../http/field-codes.ts';

/** A line of the till's book. */
export const tillLine = lineWith(orderNo);

/** The same as a line of a CSV file. */
export const tillRecord = lineWith(orderNoCell);

function lineWith(order: typeof orderNo | typeof orderNoCell) {
  return z
    .strictObject({
      kind: z.enum(['redemption', 'reversal']).default('redemption'),
      request_no: requestNo.meta({
        description: "The request number of the redemption; on a reversal's line that of the redemption that was reversed.",
      }),
      fen: z
        .int({ error: ({ input }) => (typeof input === 'string' ? amountFault(input) : undefined) })
        .min(0 - FEN_MAX)
        .max(FEN_MAX)
        .meta({ description: 'Fen: 1/100 yuan. For a reversal with or without a minus.' }),
      order_no: order.optional(),
      redemption_id: id('red').optional(),
      store_id: id('sto').optional().meta({ description: 'If the till is bound to a store, lines of other stores are ignored.' }),
    })
    .refine(({ kind, fen }) => (kind === 'redemption' ? fen > 0 : fen !== 0), {
      path: ['fen'],
      message: faulty('fen_of_a_line'),
    });
}

/** The fault of a text that stands for an amount; undefined if a number is missing, or is no whole one. */
function amountFault(sent: string): string | undefined {
  const how = mangledBy(sent);
  if (how !== undefined) return faulty('mangled_by_spreadsheet', { how });
  // An amount that was not read stands under a heading of whole fen.
  return amountOf(sent) === undefined ? undefined : faulty('not_whole_fen');
}

/** The same columns in CSV, with the names that our own file has, or with the headings of a till. */
export const tillColumns: Columns = {
  kind: { headings: bookHeadings.kind, read: bookKindOf },
  request_no: { headings: bookHeadings.request_no, required: true, read: bookNumberOf },
  fen: { headings: bookHeadings.fen, required: true, read: bookFenOf },
  order_no: { headings: bookHeadings.order_no, cell: true },
  redemption_id: { headings: bookHeadings.redemption_id, read: bookNumberOf },
  store_id: { headings: bookHeadings.store_id, read: bookNumberOf },
};

/** A line as it was sent, for the comparison. */
export function tillLineOf(pointer: string, line: z.output<typeof tillLine>): TillLine {
  return {
    pointer,
    kind: line.kind,
    requestNo: line.request_no,
    fen: line.kind === 'reversal' ? 0 - Math.abs(line.fen) : line.fen,
    orderNo: line.order_no ?? null,
    redemptionId: line.redemption_id ?? null,
    storeId: line.store_id ?? null,
  };
}

const common = { kind: z.enum(['redemption', 'reversal']), request_no: z.string(), fen: count };
const theirs = z.strictObject({
  pointer: z.string().meta({ description: 'The position of the line: `line/18` in a file, `/lines/16` in JSON.' }),
  ...common,
  order_no: z.string().nullable(),
  redemption_id: z.string().nullable(),
});
const ours = z.strictObject({ ...common, order_no: z.string(), redemption_id: id('red'), store_id: id('sto'), business_day: day });

type Advice = { readonly action: (figures: { readonly day: string; readonly code: string }) => string; readonly cashierMessage: string };

/** The advice for each code of an action; a test keeps docs/tills.md equal to it. */
export const advice: Readonly<Record<Action, Advice>> = {
  send_again_or_void: {
    action: () =>
      'Send the same request again with the same Idempotency-Key, in a batch with its `presented_at`; or void it and remove the line from your book.',
    cashierMessage: '未收到该请求，请用同一请求号补传，或作废后从账中删除',
  },
  void_and_take_out: {
    action: () => 'Void the request so that it never counts, then remove its lines from your book.',
    cashierMessage: '未收到被撤销的请求，请作废后从账中删除',
  },
  take_out: {
    action: ({ code }) => `Remove the line from your book: the request was refused (${code}), and nothing is owed for it.`,
    cashierMessage: '该请求已被拒绝或作废，请从账中删除',
  },
  undo_or_take_out: {
    action: () =>
      'Reverse the redemption, or void its request if it is too late to reverse; or remove the line from your book, because the redemption still counts.',
    cashierMessage: '该核销尚未撤销，请撤销，或从账中删除',
  },
  enter_or_void: {
    action: () => 'Enter it in your book if you handed out the goods; otherwise void the request.',
    cashierMessage: '账中缺少该核销：已交货请补记，未交货请作废',
  },
  enter_with_reversal: {
    action: ({ day: undone }) => `Enter both the redemption and its reversal of ${undone} in your book: their sum is zero.`,
    cashierMessage: '账中缺少该核销，且已撤销，请两笔一并补记',
  },
  enter_reversal: {
    action: () => 'Enter the reversal in your book: nothing is owed for this redemption any more.',
    cashierMessage: '账中缺少该撤销，请补记',
  },
  correct: {
    action: () => 'Change the fields in `differs` in your book to their values in `ours`.',
    cashierMessage: '与系统记录不一致，请按系统记录更正',
  },
  nothing: {
    action: ({ day: booked }) => `Nothing to do: it is booked on ${booked}. Expect it in that day's comparison.`,
    cashierMessage: '已记入其他营业日，无需处理',
  },
  rounded: {
    action: () =>
      'Both lines are the same redemption or reversal: a spreadsheet has rounded the number in your book to 15 digits. Correct it to the one in `ours`, and format such columns as text before you enter or open them.',
    cashierMessage: '长编号被表格软件改成了 15 位有效数字（后面变成 0），请按系统记录更正，并把该列设为文本格式',
  },
  keep_one: {
    action: () => 'Keep one of the lines; if they are requests from two tills, compare each with its redemption_id.',
    cashierMessage: '账中重复，请只保留一笔',
  },
};

const finding = z
  .strictObject({
    theirs: theirs.nullable(),
    ours: ours.nullable(),
    differs: z.array(z.enum(['request_no', 'fen', 'order_no', 'redemption_id'])),
    refusal: z.string().nullable().meta({ description: 'The code by which the request was refused, or `request_voided`.' }),
    code: z.enum(Object.keys(advice) as Action[]).meta({ description: 'The remedy.' }),
    action: z.string().meta({ description: 'The same as a sentence.' }),
    cashier_message: z.string(),
  })
  .meta({ id: 'ReconciliationFinding' });

const findings = z
  .strictObject({
    count,
    fen: count.meta({ description: 'The amount that these lines add to `difference_fen`.' }),
    truncated: count.meta({ description: 'The number of lines that are counted and not shown.' }),
    items: z.array(finding),
  })
  .meta({ id: 'ReconciliationFindings' });

const totals = z.strictObject({ redemptions: count, redeemed_fen: count, reversals: count, reversed_fen: count, net_fen: count });

export const bookDifference = z
  .strictObject({
    merchant_id: id('mer'),
    store_id: id('sto')
      .nullable()
      .meta({ description: 'Only this store was compared, which the client is bound to; null: all stores of the merchant.' }),
    business_day: day,
    status: z.enum(['open', 'closed']).meta({ description: 'An open day may still get lines.' }),
    agrees: z.boolean().meta({ description: 'Nothing is missing, and nothing differs.' }),
    lines: count.meta({ description: 'The number of lines that were sent.' }),
    matched: count.meta({ description: 'The number of lines that are equal in both books.' }),
    other_stores: count.meta({ description: 'The number of lines that name another store than the one that was compared.' }),
    ours: totals,
    theirs: totals,
    difference_fen: count.meta({ description: '`theirs.net_fen` less `ours.net_fen`; the sum of the `fen` of the six lists.' }),
    missing_here: findings.meta({ description: 'The till has it, and it does not count here.' }),
    missing_there: findings.meta({ description: 'It counts here, and the till does not have it.' }),
    different: findings.meta({ description: 'Both have it, with differences.' }),
    other_day: findings.meta({ description: 'The till has it on this day, and it is booked on another.' }),
    repeated: findings.meta({ description: 'The till has it more often than this book.' }),
    rounded: findings.meta({
      description:
        'Both have it, and a spreadsheet has rounded a number of the till to 15 digits: the request number, the order number, or both.',
    }),
  })
  .meta({ id: 'ReconciliationDifference' });

type Wire = z.output<typeof bookDifference>;
type Whose = Pick<Wire, 'merchant_id' | 'store_id' | 'business_day'>;

export function presentDifference(found: BookDifference, whose: Whose): Wire {
  const [sumOurs, sumTheirs] = [presentTotals(found.ours), presentTotals(found.theirs)];
  const { missing_here, missing_there, different, other_day, repeated, rounded } = found.findings;
  return {
    ...whose,
    status: found.closed ? 'closed' : 'open',
    agrees: Object.values(found.findings).every((list) => list.count === 0),
    lines: found.read,
    matched: found.matched,
    other_stores: found.otherStores,
    ours: sumOurs,
    theirs: sumTheirs,
    difference_fen: sumTheirs.net_fen - sumOurs.net_fen,
    missing_here: presentFindings(missing_here),
    missing_there: presentFindings(missing_there),
    different: presentFindings(different),
    other_day: presentFindings(other_day),
    repeated: presentFindings(repeated),
    rounded: presentFindings(rounded),
  };
}

function presentTotals(sums: Totals): Wire['ours'] {
  return { ...onWire(sums), net_fen: sums.redeemedFen - sums.reversedFen };
}

function presentFindings({ count: all, fen, first }: BookDifference['findings']['different']): z.output<typeof findings> {
  return { count: all, fen, truncated: all - first.length, items: first.map(presentFinding) };
}

function presentFinding({ theirs: sent, ours: booked, differs, refusal, action: code, undoneOn }: Finding): z.output<typeof finding> {
  const { action, cashierMessage } = advice[code];
  return {
    theirs: sent && presentSent(sent),
    ours: booked && onWire(booked),
    differs: [...differs],
    refusal,
    code,
    action: action({ day: undoneOn ?? booked?.businessDay ?? '', code: refusal ?? '' }),
    cashier_message: cashierMessage,
  };
}

function presentSent(sent: TillLine): z.output<typeof theirs> {
  const { storeId: _, ...line } = sent;
  return onWire(line);
}
