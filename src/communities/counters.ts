/** The counters of limits on grants, as the grants make them. */
import { asc, gt, sql } from 'drizzle-orm';
import { type Counters, Tally } from '../ledger/index.ts';
import { pages, type Row, type View } from '../store/index.ts';
import { capKey, exposureKey, periodsOf } from './limits.ts';

/** Caps and exposure. */
export const grantCounters: readonly Counters[] = [caps, exposures];

type Grant = Row<'grant'>;

const PAGE = 2_000;

function caps(view: View): ReturnType<Counters> {
  return byResident(view, (tally, grant) => {
    const { ruleId, residentId, occurredOn, points } = grant;
    for (const period of Object.values(periodsOf(occurredOn))) {
      const what = () => `the caps of ${ruleId} for ${residentId} in ${period}`;
      tally.add(residentId, capKey(ruleId, residentId, period), what, isStanding(grant) ? points : 0);
    }
  });
}

function isStanding({ reversedAt, clawedBackAt }: Grant): boolean {
  return reversedAt === null && clawedBackAt === null;
}

/** Points granted by each community, less those that it took back. */
async function* exposures({ read, tables: { grant } }: View): ReturnType<Counters> {
  const taken = sql`${grant.reversedAt} is not null or ${grant.clawedBackAt} is not null`;
  const points = sql<number>`sum(case when ${taken} then 0 else ${grant.points} end)`.mapWith(Number);
  const rows = await read.select({ communityId: grant.communityId, points }).from(grant).groupBy(grant.communityId);
  yield rows.map(({ communityId, points: granted }) => ({
    key: exposureKey(communityId),
    least: granted,
    most: granted,
    what: `the exposure of ${communityId}`,
  }));
}

/** Adds up counters of residents, whose grants come one resident after another: their groups are the residents. */
export async function* byResident(view: View, add: (tally: Tally, grant: Grant) => void): ReturnType<Counters> {
  const tally = new Tally();
  for await (const grants of grantsByResident(view)) {
    for (const grant of grants) add(tally, grant);
    const last = grants.at(-1)!.residentId;
    yield tally.take((residentId) => residentId !== last);
  }
  yield tally.take(() => true);
}

function grantsByResident({ read, tables: { grant } }: View): AsyncGenerator<Grant[]> {
  const after = (last: Grant) =>
    sql`(${grant.residentId}, ${grant.id}) > (${sql.param(last.residentId, grant.residentId)}, ${sql.param(last.id, grant.id)})`;
  return pages(async (last) =>
    read
      .select()
      .from(grant)
      .where(last && after(last))
      .orderBy(asc(grant.residentId), asc(grant.id))
      .limit(PAGE),
  );
}

/** All grants in the order in which they were made. */
export function grantsById({ read, tables: { grant } }: View): AsyncGenerator<Grant[]> {
  return pages(async (last) =>
    read
      .select()
      .from(grant)
      .where(last && gt(grant.id, last.id))
      .orderBy(asc(grant.id))
      .limit(PAGE),
  );
}
