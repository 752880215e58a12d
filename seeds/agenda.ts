import { dayOf } from '../src/ledger/index.ts';

type Errand = { readonly at: number; readonly run: () => void };

/** The errands that are planned, by day; `at` is in epoch milliseconds. An errand may plan more, for the same day too. */
export type Agenda = {
  plan(at: number, run: () => void): void;
  /** Hands out a day's errands, earliest first, as long as there are any. */
  errandsOf(day: string): Generator<Errand>;
};

export function agendaOf(): Agenda {
  const days = new Map<string, Errand[]>();
  return {
    plan(at, run) {
      days.getOrInsertComputed(dayOf(at), () => []).push({ at, run });
    },
    *errandsOf(day) {
      const errands = days.get(day) ?? [];
      while (errands.length > 0) yield takeEarliest(errands);
      days.delete(day);
    },
  };
}

function takeEarliest(errands: Errand[]): Errand {
  const earliest = errands.reduce((best, { at }, n) => (at < errands[best]!.at ? n : best), 0);
  return errands.splice(earliest, 1)[0]!;
}
