import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm';
import { isOneOf, type Page, type Row, type View } from '../../store/index.ts';
import { versionFor } from '../action-rules.ts';

/** The versions of an action rule, newest first; none if there is no such rule. */
export async function actionRuleVersions({ read, tables: { actionRule } }: View, id: string): Promise<Row<'actionRule'>[]> {
  return read.select().from(actionRule).where(eq(actionRule.id, id)).orderBy(desc(actionRule.ruleVersion));
}

/**
 * Action rules, newest first, of one community, or all if `communityId` is null: for each the version for deeds of `today`, or its newest
 * version if none is in force.
 */
export async function actionRulesPage(view: View, communityId: string | null, today: string, { limit, after }: Page) {
  const { read, tables } = view;
  const { actionRule } = tables;
  const ofCommunity = communityId === null ? undefined : eq(actionRule.communityId, communityId);
  const ids = await read
    .selectDistinct({ id: actionRule.id })
    .from(actionRule)
    .where(and(ofCommunity, after === undefined ? undefined : lt(actionRule.id, after)))
    .orderBy(desc(actionRule.id))
    .limit(limit + 1);
  const versions = await read
    .select()
    .from(actionRule)
    .where(
      inArray(
        actionRule.id,
        ids.map(({ id }) => id),
      ),
    )
    .orderBy(asc(actionRule.ruleVersion));
  const rules = Map.groupBy(versions, ({ id }) => id);
  return ids.map(({ id }) => currentVersion(rules.get(id)!, today));
}

/** Returns a function that gives the name of a version of one of these rules. */
export async function ruleNames(view: View, ruleIds: readonly string[]): Promise<(ruleId: string, ruleVersion: number) => string> {
  const { actionRule } = view.tables;
  const rows = await view.read
    .select({ id: actionRule.id, ruleVersion: actionRule.ruleVersion, name: actionRule.name })
    .from(actionRule)
    .where(isOneOf(view, actionRule.id, [...new Set(ruleIds)]));
  const names = new Map(rows.map((row) => [`${row.id} ${row.ruleVersion}`, row.name]));
  return (ruleId, ruleVersion) => names.get(`${ruleId} ${ruleVersion}`)!;
}

/** The names that these rules have in their newest versions, by id. */
export async function actionRuleNames(view: View, ids: readonly string[]): Promise<Map<string, string>> {
  const { actionRule } = view.tables;
  const rows = await view.read
    .select({ id: actionRule.id, name: actionRule.name })
    .from(actionRule)
    .where(isOneOf(view, actionRule.id, [...new Set(ids)]))
    .orderBy(asc(actionRule.ruleVersion));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function currentVersion(versions: readonly Row<'actionRule'>[], today: string): Row<'actionRule'> {
  return versionFor(versions, today) ?? versions.at(-1)!;
}
