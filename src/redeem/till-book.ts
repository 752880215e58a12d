/** The comparison of a merchant's business day with the till's own book of it, line by line. Pure: it is given all that it needs. */
import { foldedReference, roundingsOf, unquoted } from '../text/index.ts';
import type { RedemptionState } from './queries.ts';

/** A redemption, or the reversal of one. `fen` is the amount that the merchant is owed for it: negative for a reversal. */
type DayLine = {
  readonly kind: 'redemption' | 'reversal';
  /** The request number of the redemption, also on the line of its reversal. */
  readonly requestNo: string;
  readonly fen: number;
};

/** A line of our book. */
export type BookedLine = DayLine & {
  readonly redemptionId: string;
  readonly storeId: string;
  readonly orderNo: string;
  readonly businessDay: string;
};

/** A line of the till's book. */
export type TillLine = DayLine & {
  /** Its position in the request's body. */
  readonly pointer: string;
  /** Null if the till did not give it: then it is not compared. */
  readonly redemptionId: string | null;
  readonly orderNo: string | null;
  readonly storeId: string | null;
};

export type Field = 'request_no' | 'fen' | 'order_no' | 'redemption_id';

/** The reason why a line is reported. */
export const lists = ['missing_here', 'missing_there', 'different', 'other_day', 'repeated', 'rounded'] as const;
export type List = (typeof lists)[number];

/** The remedy for a line. */
export type Action =
  | 'send_again_or_void'
  | 'void_and_take_out'
  | 'take_out'
  | 'undo_or_take_out'
  | 'enter_or_void'
  | 'enter_with_reversal'
  | 'enter_reversal'
  | 'correct'
  | 'nothing'
  | 'keep_one'
  | 'rounded';

/** A line on which the two books differ, and the remedy. */
export type Finding = {
  readonly list: List;
  readonly action: Action;
  readonly theirs: TillLine | null;
  readonly ours: BookedLine | null;
  readonly differs: readonly Field[];
  /** The code by which the request was refused, or `request_voided`. */
  readonly refusal: string | null;
  /** The business day on which our redemption was undone, if the remedy depends on it. */
  readonly undoneOn: string | null;
};

const nothingMore = { theirs: null, ours: null, differs: [], refusal: null, undoneOn: null };

/** The result for a till's line: `matched` is equal in both books; `unknown` does not belong to our day, and has to be looked up. */
export type Match = 'matched' | 'unknown' | Finding;

export type DayBook = {
  /** Enters a line of our book. All are entered before the first line of the till is compared. */
  enter(line: BookedLine): void;
  /** Compares a line of the till. Undefined: it may be one of several of our lines, and `undecided` decides it. */
  compare(line: TillLine): Match | undefined;
  /** The lines that were left undecided; call it after the last line. */
  undecided(): Iterable<readonly [TillLine, Match]>;
  /** Our lines that no line of the till matched. */
  left(): Iterable<BookedLine>;
};

/**
 * A book of our day, in which the till's lines are looked up by kind and request number. A request number is unique only within its client:
 * two tills of a merchant may both have a 17. Then the other fields of a line decide which of our lines it is, beginning with the lines
 * that have the most fields.
 */
export function dayBook(): DayBook {
  const standing = new Map<string, BookedLine[]>();
  const several = new Set<string>();
  const unknown = new Set<string>();
  const waiting: TillLine[] = [];

  function take(line: TillLine): Match {
    const key = keyOf(line);
    const candidates = standing.get(key);
    if (candidates?.length === 0 || unknown.has(key)) return { ...nothingMore, list: 'repeated', action: 'keep_one', theirs: line };
    if (!candidates) {
      unknown.add(key);
      return 'unknown';
    }
    const ours = closest(candidates, line);
    standing.set(
      key,
      candidates.filter((each) => each !== ours),
    );
    const differs = differencesOf(ours, line);
    return differs.length === 0 ? 'matched' : { ...nothingMore, ...differently(ours, line, differs), theirs: line, ours, differs };
  }

  return {
    enter(line) {
      const key = keyOf(line);
      const others = standing.get(key);
      if (others) several.add(key);
      standing.set(key, others ? [...others, line] : [line]);
    },
    compare(line) {
      if (!several.has(keyOf(line))) return take(line);
      waiting.push(line);
      return undefined;
    },
    *undecided() {
      for (const line of waiting.toSorted((a, b) => tellingOf(b) - tellingOf(a))) yield [line, take(line)];
    },
    *left() {
      for (const lines of standing.values()) yield* lines;
    },
  };
}

/** The list for two lines that differ: it is `rounded` if a spreadsheet has only rounded the order number. */
function differently(ours: BookedLine, theirs: TillLine, differs: readonly Field[]): Pick<Finding, 'list' | 'action'> {
  const onlyRounded = differs.every((field) => field === 'order_no') && roundingsOf(ours.orderNo).includes(theirs.orderNo!);
  return onlyRounded ? { list: 'rounded', action: 'rounded' } : { list: 'different', action: 'correct' };
}

function keyOf({ kind, requestNo }: DayLine): string {
  return `${kind} ${requestNo}`;
}

function tellingOf({ redemptionId, orderNo }: TillLine): number {
  return (redemptionId === null ? 0 : 2) + (orderNo === null ? 0 : 1);
}

/** Our line that differs least: its redemption counts most, then its order. */
function closest(candidates: readonly BookedLine[], theirs: TillLine): BookedLine {
  const weights: Record<Field, number> = { request_no: 0, redemption_id: 4, order_no: 2, fen: 1 };
  const distance = (ours: BookedLine) => differencesOf(ours, theirs).reduce((sum, field) => sum + weights[field], 0);
  return candidates.reduce((best, each) => (distance(each) < distance(best) ? each : best));
}

/** The fields in which a line of the till differs from ours with the same request number. */
export function differencesOf(ours: BookedLine, theirs: TillLine): Field[] {
  const differs: Field[] = [];
  if (ours.fen !== theirs.fen) differs.push('fen');
  if (theirs.orderNo !== null && orderOf(ours.orderNo) !== orderOf(theirs.orderNo)) differs.push('order_no');
  if (theirs.redemptionId !== null && ours.redemptionId !== theirs.redemptionId) differs.push('redemption_id');
  return differs;
}

function orderOf(orderNo: string): string {
  return foldedReference(unquoted(orderNo));
}

/** The known outcome of a request whose line does not belong to our day. */
export type Known = 'unknown' | { readonly refused: string } | RedemptionState;

/** The finding for a till's line that does not belong to our day. */
export function elsewhere(theirs: TillLine, known: Known): Finding {
  const missing = { ...nothingMore, list: 'missing_here', theirs } as const;
  const reverses = theirs.kind === 'reversal';
  if (known === 'unknown') return { ...missing, action: reverses ? 'void_and_take_out' : 'send_again_or_void' };
  if ('refused' in known) return { ...missing, action: 'take_out', refusal: known.refused };
  if (reverses && !known.reversal) return { ...missing, action: 'undo_or_take_out', ours: redeemedLine(known) };
  // It may even belong to this day, if it was booked while the books were compared.
  const ours = reverses ? reversedLine(known) : redeemedLine(known);
  return { ...missing, list: 'other_day', action: 'nothing', ours };
}

/**
 * The finding for one of our lines that the till does not have; `undoneOn` is the business day on which its redemption was undone, if it
 * was.
 */
export function missingThere(ours: BookedLine, undoneOn: string | null): Finding {
  const missing = { ...nothingMore, list: 'missing_there', ours } as const;
  if (ours.kind === 'reversal') return { ...missing, action: 'enter_reversal' };
  return undoneOn === null ? { ...missing, action: 'enter_or_void' } : { ...missing, action: 'enter_with_reversal', undoneOn };
}

/** The line of a redemption. */
export function redeemedLine({ redemption }: Pick<RedemptionState, 'redemption'>): BookedLine {
  const { id: redemptionId, requestNo, fen, storeId, orderNo, businessDay } = redemption;
  return { kind: 'redemption', requestNo, fen, redemptionId, storeId, orderNo, businessDay };
}

/** The line of a reversal, which stands on its own day. */
export function reversedLine({ redemption, reversal }: RedemptionState): BookedLine {
  const line = redeemedLine({ redemption });
  return { ...line, kind: 'reversal', fen: 0 - line.fen, businessDay: reversal!.businessDay };
}

/** The sums of one side. */
export type Totals = {
  readonly redemptions: number;
  readonly redeemedFen: number;
  readonly reversals: number;
  readonly reversedFen: number;
};

export const noTotals: Totals = { redemptions: 0, redeemedFen: 0, reversals: 0, reversedFen: 0 };

/** Totals with one more line. */
export function plus(totals: Totals, { kind, fen }: DayLine): Totals {
  if (kind === 'redemption') return { ...totals, redemptions: totals.redemptions + 1, redeemedFen: totals.redeemedFen + fen };
  return { ...totals, reversals: totals.reversals + 1, reversedFen: totals.reversedFen - fen };
}

/** The fen that a finding adds to the amount by which the till's book exceeds ours. */
export function moreFen({ theirs, ours, list }: Pick<Finding, 'theirs' | 'ours' | 'list'>): number {
  // Our line is not in the day's totals if it belongs to another day, or if the till has a reversal that is not booked yet.
  const booked = list === 'missing_there' || list === 'different' || list === 'rounded' ? ours!.fen : 0;
  return (theirs?.fen ?? 0) - booked;
}
