import { expect, it } from 'vitest';
import { WorkingSet } from '../../src/ledger/working-set.ts';
import type { Row } from '../../src/store/index.ts';

const id = `res_${'1'.repeat(32)}`;
const resident = {
  id,
  communityId: 'gexiang',
  name: '葛小米',
  phoneHash: '00',
  phoneSealed: 'sealed',
  status: 'active',
  statusReason: null,
  registeredAt: 1,
  version: 1,
} as Row<'resident'>;

it('a new version of a row may change what no index is on', () => {
  const facts = new WorkingSet();
  facts.addRows('resident', [[id]], [resident]);
  facts.put('resident', { ...resident, status: 'suspended' });
  expect(facts.writes('resident')).toMatchObject([{ status: 'suspended', version: 2 }]);
});

it('a change that the database would drop in silence is an error', () => {
  const facts = new WorkingSet();
  facts.addRows('resident', [[id]], [resident]);
  expect(() => facts.put('resident', { ...resident, communityId: 'wanhe' })).toThrow(/communityId is on an index/);
  expect(facts.writes('resident')).toEqual([]);
});
