#!/usr/bin/env node
/** `callmi <command>`: the operator's commands. A new command is a file beside this one and a line in the list. */
import { Command } from 'commander';
import { version } from '../version.ts';
import { addAudit } from './audit.ts';
import { addBackup } from './backup.ts';
import { addCloseDay } from './close-day.ts';
import { addCopy } from './copy.ts';
import { addCredential } from './credential.ts';
import { databaseOption } from './database.ts';
import { addDemo } from './demo.ts';
import { addDistribute } from './distribute.ts';
import { addEraseAgain } from './erase-again.ts';
import { addExpire } from './expire.ts';
import { addExport } from './export.ts';
import { addFind } from './find.ts';
import { addInit } from './init.ts';
import { addLogin } from './login.ts';
import { addMigrate } from './migrate.ts';
import { addRestore } from './restore.ts';
import { addResume } from './resume.ts';
import { addSettle } from './settle.ts';
import { addTrialBalance } from './trial-balance.ts';

const program = new Command('callmi')
  .description('CALL Me(米): the points scheme of ten communities.')
  .version(version)
  .addOption(databaseOption);
for (const add of [
  addInit,
  addCredential,
  addLogin,
  addMigrate,
  addAudit,
  addTrialBalance,
  addExport,
  addBackup,
  addRestore,
  addEraseAgain,
  addFind,
  addCopy,
  addDistribute,
  addExpire,
  addCloseDay,
  addSettle,
  addResume,
  addDemo,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  // The operator gets the error in one sentence; a stack would only hide it.
  process.stderr.write(`callmi: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
