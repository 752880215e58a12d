import { and, desc, eq, lt } from 'drizzle-orm';
import type { Page, Row, View } from '../../store/index.ts';
import { type PolicyName, policyNames, versionAt } from '../policies.ts';

/** A policy: its version in force, and the future ones in the order in which they take effect. */
export type PolicyNow = {
  readonly name: PolicyName;
  readonly current: Row<'policy'>;
  readonly coming: readonly Row<'policy'>[];
};

/** All policies as they stand at `at`; none before the scheme is established. */
export async function policiesAt({ read, tables: { policy } }: View, at: number): Promise<PolicyNow[]> {
  const versions = Map.groupBy(await read.select().from(policy), ({ name }) => name);
  return policyNames.flatMap((name) => {
    const current = versionAt(versions.get(name) ?? [], at);
    return current ? [{ name, current, coming: comingAfter(current, versions.get(name)!, at) }] : [];
  });
}

/** A newer version that is effective no later replaces an older one, which never takes effect. */
function comingAfter(current: Row<'policy'>, versions: readonly Row<'policy'>[], at: number): Row<'policy'>[] {
  const later = versions.filter((row) => row.effectiveFrom > at && row.policyVersion > current.policyVersion);
  const overtaken = (row: Row<'policy'>) =>
    later.some((other) => other.policyVersion > row.policyVersion && other.effectiveFrom <= row.effectiveFrom);
  return later.filter((row) => !overtaken(row)).toSorted((a, b) => a.effectiveFrom - b.effectiveFrom);
}

/** The versions of a policy, newest first; `after` is a version's number. */
export async function policyVersions({ read, tables: { policy } }: View, name: PolicyName, { limit, after }: Page<number>) {
  return read
    .select()
    .from(policy)
    .where(and(eq(policy.name, name), after === undefined ? undefined : lt(policy.policyVersion, after)))
    .orderBy(desc(policy.policyVersion))
    .limit(limit + 1);
}
