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

it('a new version may change a column on an index only where the catalogue says that it moves', () => {
  const facts = new WorkingSet();
  facts.addRows('resident', [[id]], [resident]);
  facts.put('resident', { ...resident, communityId: 'wanhe' });
  expect(facts.writes('resident')).toMatchObject([{ communityId: 'wanhe', version: 2 }]);
});

it('a change that the database would drop in silence is an error', () => {
  const household = { id: `hou_${'1'.repeat(32)}`, communityId: 'gexiang', headId: id, foundedAt: 1, endedAt: null, version: 1 };
  const facts = new WorkingSet();
  facts.addRows('household', [[household.id]], [household]);
  expect(() => facts.put('household', { ...household, communityId: 'wanhe' })).toThrow(/communityId is on an index/);
  expect(facts.writes('household')).toEqual([]);
});

it('an appended row may be emptied, and nothing else of it changes', () => {
  const redemptionId = `red_${'2'.repeat(32)}`;
  const reversal = { redemptionId, kind: 'reversed', reason: '退货', at: 1 } as Row<'redemptionReversal'>;
  const loaded = () => {
    const facts = new WorkingSet();
    facts.addRows('redemptionReversal', [[redemptionId]], [reversal]);
    return facts;
  };
  const facts = loaded();
  facts.put('redemptionReversal', { ...reversal, reason: '' });
  expect(facts.get('redemptionReversal', redemptionId)).toEqual({ ...reversal, reason: '' });
  expect([facts.writes('redemptionReversal'), facts.blanks('redemptionReversal')]).toEqual([[], [{ ...reversal, reason: '' }]]);
  expect(() => loaded().put('redemptionReversal', { ...reversal, reason: '换货' })).toThrow(/is there already, and only emptied/);
  expect(() => loaded().put('redemptionReversal', { ...reversal, reason: '', at: 2 })).toThrow(/is there already, and only emptied/);
  const lot = { residentId: id, communityId: 'gexiang', expiresOn: '2027-12-31' };
  facts.addRows('lot', [[id, 'gexiang', '2027-12-31']], [lot]);
  expect(() => facts.put('lot', lot)).toThrow(/is there already/);
});
