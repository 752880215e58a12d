/** Books that somebody has tampered with, past the guards of the database: what the audit says of them. */
import { expect, onTestFinished } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { openReadable } from '../../src/store/index.ts';
import { type Raw, rawOf } from './raw.ts';
import type { Scheme } from './scheme.ts';

/** Folds the stripes of every account into the first, so that a balance is changed in one place. */
const oneRowAnAccount = `
  create temp table folded as select path, min(stripe) as stripe, sum(balance) as balance from account group by path;
  delete from account where exists (select 1 from folded where folded.path = account.path and folded.stripe < account.stripe);
  update account set balance = (select balance from folded where folded.path = account.path)`;

/** Closes a scheme, tampers with its database, and gives what the broken checks say, by their ids. */
export async function brokenBy(scheme: Scheme, tamper: (raw: Raw) => Promise<void>): Promise<Record<string, string>> {
  await scheme.close();
  const raw = await rawOf(scheme);
  await raw.unguard();
  await raw.exec(oneRowAnAccount);
  await tamper(raw);
  const store = await openReadable(scheme.url);
  onTestFinished(() => store.close());
  const { ok, checks } = await audit(store);
  expect(ok).toBe(false);
  return Object.fromEntries(checks.flatMap(({ id, finding }) => ('broken' in finding ? [[id, finding.broken]] : [])));
}
