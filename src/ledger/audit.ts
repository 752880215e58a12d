/** The machinery of the audit: checks that recompute the books and compare. docs/invariants.md explains the invariants. */
import type { ReadableStore, View } from '../store/index.ts';

/**
 * The result of a check: the number of things checked (`of` names them), and the first row that breaks the invariant, with its figures; or
 * the reason why there is nothing to check.
 */
export type Finding = { readonly seen: number; readonly of: string; readonly broken?: string } | { readonly notApplicable: string };

export type Check = {
  /** `I1` to `I13`, or `S1`, `S2` for the structure of the books. */
  readonly id: string;
  readonly title: string;
  /** Holds no more than a page of rows in memory, however long the journal is. */
  readonly run: (view: View) => Promise<Finding>;
};

export type CheckReport = { readonly id: string; readonly title: string; readonly finding: Finding };
export type AuditReport = { readonly ok: boolean; readonly checks: readonly CheckReport[] };

/** Runs the checks on one consistent snapshot of the books; `tell` is called with each result as soon as it is known. */
export function runChecks(
  store: ReadableStore,
  checks: readonly Check[],
  tell: (report: CheckReport) => void = () => {},
): Promise<AuditReport> {
  return store.snapshot(async (view) => {
    const reports: CheckReport[] = [];
    for (const { id, title, run } of checks) {
      const report = { id, title, finding: await run(view) };
      tell(report);
      reports.push(report);
    }
    return { ok: !reports.some((report) => isBroken(report.finding)), checks: reports };
  });
}

function isBroken(result: Finding): boolean {
  return 'broken' in result;
}

/** The finding of a check that saw `seen` things of this name; broken if there is a sentence about the row that breaks it. */
export function finding(seen: number, of: string, broken: string | undefined): Finding {
  return broken === undefined ? { seen, of } : { seen, of, broken };
}
