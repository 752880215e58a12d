import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { startClock } from './tests/support/clock.ts';

// Tests pass on any day, and at any hour of it: none of them sees the real time.
startClock(process.env);

// Compiled code is kept, so that the next worker starts sooner.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/node');

/** The rules of the scheme, every route and the books, which must be so whichever database is underneath. */
const rules = [
  'tests/api/**/*.test.ts',
  'tests/clearing/**/*.test.ts',
  'tests/communities/**/*.test.ts',
  'tests/ledger/**/*.test.ts',
  'tests/redeem/**/*.test.ts',
  'tests/concurrency.test.ts',
  'tests/pruning.test.ts',
  'tests/invariants.test.ts',
];

/** Of those folders, what touches no database. */
const withoutDatabase = [
  'tests/clearing/netting.test.ts',
  'tests/redeem/immutable.test.ts',
  'tests/ledger/calendar.test.ts',
  'tests/ledger/tally.test.ts',
  'tests/ledger/working-days.test.ts',
  'tests/redeem/codes.test.ts',
  'tests/redeem/split.test.ts',
  'tests/clearing/position-limits.test.ts',
];

/** What a store promises, which holds for both by itself. */
const storeContracts = ['tests/store/contract.test.ts', 'tests/store/engine.test.ts'];

/** About PostgreSQL itself; everything not named here or above is about SQLite and its files, or about neither. */
const onPostgresOnly = [
  'tests/cli/postgres.test.ts',
  'tests/processes/*.test.ts',
  'tests/store/databases.test.ts',
  'tests/store/owners.test.ts',
  'tests/store/reads.test.ts',
  'tests/store/roles.test.ts',
  'tests/store/statements.test.ts',
];

/** What may differ between versions of PostgreSQL: migrating, the role and its privileges, what a store promises, and some of the rules. */
const onEveryPostgres = [
  ...storeContracts,
  'tests/processes/rules.test.ts',
  'tests/processes/torn.test.ts',
  'tests/store/databases.test.ts',
  'tests/store/owners.test.ts',
  'tests/store/roles.test.ts',
  'tests/invariants.test.ts',
  'tests/pruning.test.ts',
];

/** Needs a program that npm does not bring: `.ci/run` does, and `npm test` leaves this out. */
const withHledger = ['tests/ledger/hledger.test.ts'];

/** Runs the checks over a copy of the house, which costs as much as they do: `.ci/run` runs it, and `npm test` leaves it out. */
const onCopies = ['tests/contributing/carried-out.test.ts'];

/** What people see, in a real browser. */
const inBrowser = ['tests/pages/*.test.ts'];

/** Reads what the others sent, and so runs when they are through. */
const lastOfAll = ['tests/store/statements.test.ts'];

const postgres: TestProjectInlineConfiguration['test'] = {
  provide: { engine: 'postgres', postgresVersion: 18 },
  globalSetup: ['tests/support/postgres-server.ts'],
  setupFiles: ['tests/support/record-statements.ts'],
};

export default defineConfig({
  test: {
    // Every test makes its own database, server and clock, so files can share a worker: it loads the house once instead of once a file.
    isolate: false,
    // Many tests wait for processes and for a database of their own.
    maxWorkers: '100%',
    // Only for what never ends: how long anything takes is the machine's affair.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    globalSetup: ['tests/support/bundle.ts'],
    projects: [
      {
        test: {
          name: 'sqlite',
          include: ['tests/**/*.test.ts'],
          exclude: [...onPostgresOnly, ...inBrowser, ...withHledger, ...onCopies],
          provide: { engine: 'sqlite' },
        },
      },
      {
        test: {
          name: 'pages',
          include: inBrowser,
          globalSetup: ['tests/pages/support/prepare.ts'],
          provide: { engine: 'sqlite' },
        },
      },
      { test: { name: 'recipes', include: onCopies } },
      { test: { name: 'hledger', include: withHledger, provide: { engine: 'sqlite' } } },
      { test: { ...postgres, name: 'postgres', include: [...storeContracts, ...onPostgresOnly], exclude: lastOfAll } },
      {
        test: {
          name: 'postgres-15',
          include: onEveryPostgres,
          // Its statements are the same, and noted on the newest.
          provide: { engine: 'postgres', postgresVersion: 15 },
          globalSetup: ['tests/support/postgres-15.ts'],
        },
      },
      // Only the reads and writes of a rule know the database, and these have contracts: `npm test` leaves out the second time.
      { test: { ...postgres, name: 'postgres-rules', include: rules, exclude: [...withoutDatabase, ...withHledger] } },
      { test: { ...postgres, name: 'postgres-statements', include: lastOfAll, sequence: { groupOrder: 1 } } },
    ],
  },
});
