import type Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import {
  actionRulesPage,
  clientsPage,
  communitiesPage,
  grantsPage,
  merchantsPage,
  officersPage,
  policyVersions,
  proposalsPage,
  residentsPage,
  statementPage,
  storesPage,
  terminalsPage,
} from '../../src/communities/index.ts';
import type { View } from '../../src/store/index.ts';
import { openWorld } from '../support/world.ts';

const at = (prefix: string) => ({ limit: 20, after: `${prefix}_${'f'.repeat(32)}` });
const ofGexiang = { communityId: 'gexiang', residentId: undefined };
const ofResident = { communityId: 'gexiang', residentId: `res_${'0'.repeat(32)}` };

const pages: Record<string, (store: View, residentId: string) => Promise<unknown>> = {
  'a statement': (store, residentId) => statementPage(store, residentId, { limit: 20, after: [at('ent').after, 1] }),
  communities: (store) => communitiesPage(store, { limit: 20, after: 'a' }),
  residents: (store) => residentsPage(store, 'gexiang', at('res')),
  'merchants of a community': (store) => merchantsPage(store, 'wanhe', at('mer')),
  'all merchants': (store) => merchantsPage(store, null, at('mer')),
  stores: (store) => storesPage(store, at('mer').after, at('sto')),
  terminals: (store) => terminalsPage(store, at('sto').after, at('ter')),
  'officers of a community': (store) => officersPage(store, 'wanhe', at('off')),
  'officers of the street': (store) => officersPage(store, null, at('off')),
  clients: (store) => clientsPage(store, null, at('cli')),
  'action rules of a community': (store) => actionRulesPage(store, 'gexiang', '2026-03-02', at('rul')),
  'all action rules': (store) => actionRulesPage(store, null, '2026-03-02', at('rul')),
  'grants of a community': (store) => grantsPage(store, ofGexiang, at('grt')),
  'grants to a resident': (store) => grantsPage(store, ofResident, at('grt')),
  proposals: (store) => proposalsPage(store, { communityId: 'gexiang', status: 'open', at: 0 }, at('pro')),
  'versions of a policy': (store) => policyVersions(store, 'rate', { limit: 20, after: 9 }),
};

it.each(Object.keys(pages))('a page of %s costs the same however much there is: no table is scanned', async (name) => {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 1);
  const client = (world.store.read as unknown as { $client: Database.Database }).$client;
  const prepare = vi.spyOn(client, 'prepare');
  await pages[name]!(world.store, world.residentId);
  const statements = prepare.mock.calls.map(([statement]) => statement);
  prepare.mockRestore();
  expect(statements.length).toBeGreaterThan(0);
  for (const statement of statements) {
    const parameters = Array.from(statement.matchAll(/\?/g), () => 1);
    const steps = client.prepare(`explain query plan ${statement}`).all(...parameters) as { detail: string }[];
    expect(
      steps.map(({ detail }) => detail).filter((detail) => detail.startsWith('SCAN')),
      statement,
    ).toEqual([]);
    if (statement.includes('limit ?')) expect(steps.map(({ detail }) => detail).join(), statement).not.toContain('TEMP B-TREE');
  }
});
