import { expect, it } from 'vitest';
import { clientsPage } from '../../src/access/index.ts';
import {
  actionRulesPage,
  communitiesPage,
  grantsPage,
  limitsOf,
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
import { plansOf } from '../support/plans.ts';
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
  clients: (store) => clientsPage(store, { communityId: null, kind: undefined }, at('cli')),
  'action rules of a community': (store) => actionRulesPage(store, 'gexiang', '2026-03-02', at('rul')),
  'all action rules': (store) => actionRulesPage(store, null, '2026-03-02', at('rul')),
  'grants of a community': (store) => grantsPage(store, ofGexiang, at('grt')),
  'grants to a resident': (store) => grantsPage(store, ofResident, at('grt')),
  limits: (store) => limitsOf(store, ['gexiang', 'wanhe'], Date.parse('2026-03-02T10:00:00+08:00')),
  proposals: (store) => proposalsPage(store, { ...ofGexiang, status: 'open', at: 0 }, at('pro')),
  'proposals about a resident': (store) => proposalsPage(store, { ...ofResident, status: 'open', at: 0 }, at('pro')),
  'versions of a policy': (store) => policyVersions(store, 'rate', { limit: 20, after: 9 }),
};

it.each(Object.keys(pages))('a page of %s costs the same however much there is: no table is scanned', async (name) => {
  const world = await openWorld();
  await world.grantHours(world.gexiang, world.residentId, 1);
  const plans = await plansOf(world, () => pages[name]!(world.store, world.residentId));
  expect(plans.length).toBeGreaterThan(0);
  for (const { statement, scans, sorts } of plans) {
    expect(scans, statement).toEqual([]);
    if (/ limit (\?|\$)/.test(statement)) expect(sorts, statement).toBe(false);
  }
});
