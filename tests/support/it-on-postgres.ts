import { inject, it } from 'vitest';

/** A test of what can only happen on PostgreSQL. Of SQLite there is nothing to test, and so nothing is skipped. */
export function itOnPostgres(title: string, test: () => Promise<void>): void {
  if (inject('engine') === 'postgres') it(title, test);
}
