/** Reports of audits, stored to be read later. */
import { desc, lt } from 'drizzle-orm';
import { idOf, type Row, type View } from '../store/index.ts';
import type { AuditReport, CheckReport } from './audit.ts';
import { type Call, type Command, type Decision, type Facts, put, type Want } from './command.ts';

export type RecordAuditInput = {
  readonly report: AuditReport;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly finishedAt: number;
};

/** A check as it is kept. */
export type KeptCheck = {
  readonly id: string;
  readonly title: string;
  /** The number of things that it checked, and their name. */
  readonly seen: number;
  readonly unit: string;
  /** The first one that breaks the invariant, with its figures; null: none does. */
  readonly broken: string | null;
  /** The reason why there is nothing to check; null: there is something. */
  readonly notApplicable: string | null;
};

type RecordAuditReply = { id: string };

/** Stores the findings of an audit. */
export const recordAudit: Command<RecordAuditInput, RecordAuditReply> = {
  name: 'record-audit',
  load: loadRecordAudit,
  decide: decideRecordAudit,
};

function loadRecordAudit(): readonly Want[] {
  return [];
}

function decideRecordAudit(_facts: Facts, { report, startedAt, finishedAt }: RecordAuditInput, { id }: Call): Decision<RecordAuditReply> {
  const checks = JSON.stringify(report.checks.map(keptOf));
  const row = { id: idOf('aud', id), startedAt, finishedAt, ok: report.ok ? 1 : 0, checks };
  return { rows: [put('auditReport', row)], reply: { id: row.id } };
}

function keptOf({ id, title, finding }: CheckReport): KeptCheck {
  if ('notApplicable' in finding) return { id, title, seen: 0, unit: '', broken: null, notApplicable: finding.notApplicable };
  return { id, title, seen: finding.seen, unit: finding.of, broken: finding.broken ?? null, notApplicable: null };
}

/** Stored reports, newest first; one more than the limit. `after` is the id of a report. */
export async function auditReports(
  { read, tables: { auditReport } }: View,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<Row<'auditReport'>[]> {
  return read
    .select()
    .from(auditReport)
    .where(after === undefined ? undefined : lt(auditReport.id, after))
    .orderBy(desc(auditReport.id))
    .limit(limit + 1);
}

/** The checks of a kept report. */
export function checksOf({ checks }: Row<'auditReport'>): KeptCheck[] {
  return JSON.parse(checks) as KeptCheck[];
}
