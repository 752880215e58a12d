/** Numbers of a till's book that a spreadsheet has rounded to 15 digits, and our lines that they were. Pure. */
import { mayBeRounded, roundingsOf } from '../text/index.ts';
import { type BookedLine, differencesOf, type Finding, type TillLine } from './till-book.ts';

/** Our lines by the numbers that a spreadsheet would make of theirs. */
export type Roundings = {
  enter(line: BookedLine): void;
  /** Whether one of our lines may be the one that this finding misses; it waits, then, until all lines are compared. */
  awaits(finding: Finding): boolean;
  /**
   * Pairs findings with lines of ours that are left: a pair is one finding, `rounded`, that names both lines. A finding without such a line
   * stays as it was. Lines that say more about themselves choose first.
   */
  pair(
    findings: readonly Finding[],
    left: Iterable<BookedLine>,
  ): { readonly findings: readonly Finding[]; readonly taken: ReadonlySet<BookedLine> };
};

/** An empty index of roundings. */
export function roundings(): Roundings {
  const index = new Map<string, Alike>();
  return {
    enter(line) {
      for (const number of roundingsOf(line.requestNo)) index.getOrInsertComputed(keyOf(line, number), newAlike).enter(line);
    },
    awaits({ list, refusal, theirs, ours }) {
      const unmatched = list === 'repeated' || (list === 'missing_here' && refusal === null && ours === null);
      return unmatched && theirs !== null && mayBeRounded(theirs.requestNo) && index.has(keyOf(theirs, theirs.requestNo));
    },
    pair(findings, left) {
      const free = new Set(left);
      const taken = new Set<BookedLine>();
      const paired = findings
        .toSorted((a, b) => saidBy(b.theirs!) - saidBy(a.theirs!))
        .map((finding) => {
          const theirs = finding.theirs!;
          const ours = index.get(keyOf(theirs, theirs.requestNo))?.find(theirs, free);
          if (ours === undefined) return finding;
          free.delete(ours);
          taken.add(ours);
          return roundedFinding(ours, theirs);
        });
      return { findings: paired, taken };
    },
  };
}

/**
 * Our lines with one rounded number. There may be thousands, and as many lines of the till: each finds its own without looking at all of
 * them.
 */
type Alike = {
  enter(line: BookedLine): void;
  /** Our first line that is free and contradicts nothing of theirs; one with the same order goes before one whose order is rounded. */
  find(theirs: TillLine, free: ReadonlySet<BookedLine>): BookedLine | undefined;
};

/** Lines in the order in which they were entered; the first `passed` of them are not free any more. */
type Queue = { readonly lines: BookedLine[]; passed: number };

function newAlike(): Alike {
  const byRedemption = new Map<string, BookedLine>();
  const queues = new Map<string, Queue>();
  return {
    enter(line) {
      byRedemption.set(line.redemptionId, line);
      for (const order of [null, ...ordersOf(line)]) {
        for (const store of [null, line.storeId]) {
          queues.getOrInsertComputed(queueKey(order, store), () => ({ lines: [], passed: 0 })).lines.push(line);
        }
      }
    },
    find({ orderNo, redemptionId, storeId }, free) {
      const orders: readonly (string | null)[] = orderNo === null ? [null] : [`is ${orderNo}`, `rounded ${orderNo}`];
      if (redemptionId === null) return orders.map((order) => firstFree(queues.get(queueKey(order, storeId)), free)).find((line) => line);
      const line = byRedemption.get(redemptionId);
      if (!line || !free.has(line) || (storeId ?? line.storeId) !== line.storeId) return undefined;
      return orderNo === null || ordersOf(line).some((order) => orders.includes(order)) ? line : undefined;
    },
  };
}

/** The forms in which a till's line may name our line's order: its number, as it was or rounded. */
function ordersOf({ orderNo }: BookedLine): string[] {
  return [`is ${orderNo}`, ...roundingsOf(orderNo).map((rounded) => `rounded ${rounded}`)];
}

/** The key of lines of this order and store; null: of any. */
function queueKey(order: string | null, store: string | null): string {
  return JSON.stringify([order, store]);
}

function firstFree(queue: Queue | undefined, free: ReadonlySet<BookedLine>): BookedLine | undefined {
  if (!queue) return undefined;
  while (queue.passed < queue.lines.length && !free.has(queue.lines[queue.passed]!)) queue.passed++;
  return queue.lines[queue.passed];
}

/** The finding for two lines of which the till's has a request number that was rounded; its order number may be as well. */
function roundedFinding(ours: BookedLine, theirs: TillLine): Finding {
  const differs = ['request_no' as const, ...differencesOf(ours, theirs)];
  return { list: 'rounded', action: 'rounded', theirs, ours, differs, refusal: null, undoneOn: null };
}

function keyOf({ kind, fen }: Pick<TillLine, 'kind' | 'fen'>, number: string): string {
  return `${kind} ${fen} ${number}`;
}

function saidBy({ redemptionId, orderNo, storeId }: TillLine): number {
  return (redemptionId === null ? 0 : 4) + (orderNo === null ? 0 : 2) + (storeId === null ? 0 : 1);
}
