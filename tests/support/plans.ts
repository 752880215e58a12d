/** How the database carries out the queries that some work sends, where there is so much that it uses every index it can. */
import Database from 'better-sqlite3';
import pg from 'pg';
import { vi } from 'vitest';
import { rawOf } from './raw.ts';
import type { Scheme } from './scheme.ts';

export type Plan = {
  readonly statement: string;
  /** Tables or indexes that are read from one end to the other. */
  readonly scans: readonly string[];
  /** The indexes that are read, by their names. */
  readonly uses: readonly string[];
  /** Whether rows are put in order, as many as there are, that do not come in it. */
  readonly sorts: boolean;
};

export async function plansOf(scheme: Scheme, work: () => Promise<unknown>): Promise<Plan[]> {
  return scheme.store.engine === 'sqlite' ? plansOfSqlite(scheme, work) : plansOfPostgres(scheme, work);
}

async function plansOfSqlite({ url }: Scheme, work: () => Promise<unknown>): Promise<Plan[]> {
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  await work();
  const statements = prepare.mock.calls.map(([statement]) => statement);
  prepare.mockRestore();
  const raw = await rawOf({ url });
  const plans = statements.map(async (statement) => {
    const rows = await raw.rows(`explain query plan ${statement.replaceAll('?', '1')}`);
    const steps = rows.map(({ detail }) => String(detail));
    // The list of values that a query was given is no table.
    const scans = steps.filter((step) => step.startsWith('SCAN') && !step.startsWith('SCAN json_each'));
    const uses = steps.flatMap((step) => /USING (?:COVERING )?INDEX (\w+)/.exec(step)?.[1] ?? []);
    return { statement, scans, uses, sorts: steps.some((step) => step.includes('TEMP B-TREE')) };
  });
  return Promise.all(plans);
}

type Node = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: Node[];
};

async function plansOfPostgres({ url }: Scheme, work: () => Promise<unknown>): Promise<Plan[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  await work();
  const sent = query.mock.calls.map(([statement]) => (typeof statement === 'string' ? statement : (statement as { text: string }).text));
  query.mockRestore();
  const raw = await rawOf({ url });
  await raw.exec('set enable_seqscan = off; set enable_sort = off');
  const plans: Plan[] = [];
  for (const statement of sent.filter((text) => /^select\b/i.test(text))) {
    const [row] = await raw.rows(`explain (generic_plan, format json) ${statement}`);
    const nodes = nodesOf((row!['QUERY PLAN'] as { Plan: Node }[])[0]!.Plan);
    const scans = nodes.filter(isScan).map((node) => `${node['Node Type']} on ${node['Relation Name']}`);
    const uses = nodes.flatMap((node) => node['Index Name'] ?? []);
    plans.push({ statement, scans, uses, sorts: nodes.some((node) => node['Node Type'] === 'Sort') });
  }
  return plans;
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

/** An index that is read without a condition is read whole. */
function isScan(node: Node): boolean {
  return node['Node Type'] === 'Seq Scan' || (/^Index (Only )?Scan$/.test(node['Node Type']) && node['Index Cond'] === undefined);
}
