import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { clearingChecks } from '../clearing/index.ts';
import { aloneCounters, communityChecks, grantCounters } from '../communities/index.ts';
import {
  type AuditReport,
  type CheckReport,
  countersCheck,
  Engine,
  ledgerChecks,
  recordAudit,
  type RecordAuditInput,
  runChecks,
} from '../ledger/index.ts';
import { redeemChecks, redemptionCounters, removedPapers } from '../redeem/index.ts';
import { commandIds, damageOf, openStore, type ReadableStore, StoreUnusable } from '../store/index.ts';
import { databaseUrl, reading } from './database.ts';
import { grouped } from './text.ts';

/** Limits of several folders count in one table, so their check is made here of all of them. */
const counters = countersCheck([...grantCounters, ...aloneCounters, ...redemptionCounters], removedPapers);

/** All checks, in the order in which they are told. */
export const checks = [...ledgerChecks, ...communityChecks, ...redeemChecks, ...clearingChecks, counters].toSorted((a, b) =>
  a.id.localeCompare(b.id, 'en', { numeric: true }),
);

/** Recomputes the books and checks every invariant on one consistent snapshot; `tell` is called with each result as soon as it is known. */
export function audit(store: ReadableStore, tell?: (report: CheckReport) => void): Promise<AuditReport> {
  return runChecks(store, checks, tell);
}

export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('recompute every balance and check every invariant; exit 1 if a check fails')
    .option('--no-record', 'leave the database as it is: do not store the findings for GET /v1/audits')
    .action(async ({ record }: { record: boolean }, command: Command) => {
      const startedAt = Date.now();
      const damages = damageOf(databaseUrl(command));
      if (damages.length > 0) {
        process.stdout.write(`${damages.map((damage) => `file BROKEN  ${damage}\n`).join('')}audit: BROKEN\n`);
        throw new StoreUnusable('the file of the database is damaged: keep a copy of it, and restore a backup that the audit accepts');
      }
      const report = await reading(command, (store) => audit(store, (check) => process.stdout.write(checkLine(check))));
      process.stdout.write(`audit: ${report.ok ? 'ok' : 'BROKEN'}\n`);
      if (!report.ok) process.exitCode = 1;
      if (record) await keepIn(databaseUrl(command), { report, startedAt, finishedAt: Date.now() });
    });
}

/** Stores an audit's findings in the books that it checked. */
export async function keepReport(engine: Engine, input: RecordAuditInput): Promise<void> {
  await engine.bySystem(recordAudit, input, `record-audit:${input.startedAt}:${input.finishedAt}`);
}

/** A database that cannot be written is only reported: the findings of the audit are true all the same. */
async function keepIn(url: string, input: RecordAuditInput): Promise<void> {
  try {
    const store = await openStore(url);
    try {
      await keepReport(new Engine(store, { clock: Date.now, newId: commandIds(Date.now, randomBytes) }), input);
    } finally {
      await store.close();
    }
  } catch (error) {
    process.stderr.write(`callmi: what the audit found was not kept: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** One check in one line. */
export function checkLine({ id, title, finding }: CheckReport): string {
  if ('notApplicable' in finding) return `${id} not applicable yet  ${title} (${finding.notApplicable})\n`;
  if (finding.broken !== undefined) return `${id} BROKEN  ${finding.broken}\n`;
  return `${id} ok  ${title} (${grouped(finding.seen)} ${finding.of})\n`;
}
