import type { Command } from 'commander';
import { clearingChecks } from '../clearing/index.ts';
import { communityChecks } from '../communities/index.ts';
import { type AuditReport, type CheckReport, ledgerChecks, runChecks } from '../ledger/index.ts';
import { redeemChecks } from '../redeem/index.ts';
import type { ReadableStore } from '../store/index.ts';
import { reading } from './database.ts';
import { grouped } from './text.ts';

const checks = [...ledgerChecks, ...communityChecks, ...redeemChecks, ...clearingChecks].toSorted((a, b) =>
  a.id.localeCompare(b.id, 'en', { numeric: true }),
);

/** Recomputes the books and checks every invariant on one consistent snapshot; `tell` hears of each check as it is done. */
export function audit(store: ReadableStore, tell?: (report: CheckReport) => void): Promise<AuditReport> {
  return runChecks(store, checks, tell);
}

export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('recompute every balance and check every invariant; exit 1 if anything is off')
    .action((_options, command: Command) =>
      reading(command, async (store) => {
        const { ok } = await audit(store, (report) => process.stdout.write(checkLine(report)));
        process.stdout.write(`audit: ${ok ? 'ok' : 'BROKEN'}\n`);
        if (!ok) process.exitCode = 1;
      }),
    );
}

/** One check in one line. */
export function checkLine({ id, title, finding }: CheckReport): string {
  if ('notApplicable' in finding) return `${id} not applicable yet  ${title} (${finding.notApplicable})\n`;
  if (finding.broken !== undefined) return `${id} BROKEN  ${finding.broken}\n`;
  return `${id} ok  ${title} (${grouped(finding.seen)} ${finding.of})\n`;
}
