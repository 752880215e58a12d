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
  const index = new Map<string, BookedLine[]>();
  return {
    enter(line) {
      for (const number of roundingsOf(line.requestNo)) {
        const key = keyOf(line, number);
        index.set(key, [...(index.get(key) ?? []), line]);
      }
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
          const candidates = (index.get(keyOf(theirs, theirs.requestNo)) ?? []).filter(
            (line) => free.has(line) && isPossible(line, theirs),
          );
          const ours = candidates.find((line) => differencesOf(line, theirs).length === 0) ?? candidates[0];
          if (ours === undefined) return finding;
          free.delete(ours);
          taken.add(ours);
          return roundedFinding(ours, theirs);
        });
      return { findings: paired, taken };
    },
  };
}

/** The finding for two lines of which the till's has a request number that was rounded; its order number may be as well. */
function roundedFinding(ours: BookedLine, theirs: TillLine): Finding {
  const differs = ['request_no' as const, ...differencesOf(ours, theirs)];
  return { list: 'rounded', action: 'rounded', theirs, ours, differs, refusal: null, undoneOn: null };
}

function keyOf({ kind, fen }: Pick<TillLine, 'kind' | 'fen'>, number: string): string {
  return `${kind} ${fen} ${number}`;
}

/** Whether what the till says beside the number belongs to our line. */
function isPossible(ours: BookedLine, theirs: TillLine): boolean {
  const order = theirs.orderNo === null || isSameOrder(ours.orderNo, theirs.orderNo);
  return order && (theirs.redemptionId ?? ours.redemptionId) === ours.redemptionId && (theirs.storeId ?? ours.storeId) === ours.storeId;
}

/** Whether two order numbers are one, as it was or rounded. */
function isSameOrder(ours: string, theirs: string): boolean {
  return ours === theirs || roundingsOf(ours).includes(theirs);
}

function saidBy({ redemptionId, orderNo, storeId }: TillLine): number {
  return (redemptionId === null ? 0 : 4) + (orderNo === null ? 0 : 2) + (storeId === null ? 0 : 1);
}
