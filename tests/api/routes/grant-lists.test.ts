import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addActionRule, setResidentStatus } from '../../../src/communities/index.ts';
import { limitKey, put } from '../../../src/ledger/index.ts';
import { expectFields, expectProblem, listed, made, type Offices, openOffices, read } from '../../support/offices.ts';
import { changingNothing } from '../../support/refused-alone.ts';
import { book } from '../../support/scheme.ts';
import { all } from '../../support/stores.ts';
import { enact } from '../../support/two-officers.ts';
import { hourlyRule, type World } from '../../support/world.ts';

function deed({ world }: { readonly world: World }, reference: string, changes: object = {}) {
  const { ruleId, residentId } = world;
  const what = { action_rule_id: ruleId, resident_id: residentId, quantity: 1, occurred_on: '2026-03-01', description: '清理河道' };
  return { ...what, external_reference: reference, ...changes };
}

async function ruleOf({ world }: Offices, changes: object, of: 'volunteer' | 'commendation' = 'volunteer'): Promise<string> {
  const terms = { ...hourlyRule, ...changes };
  return (await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: of, terms })).id;
}

/** A list that is proposed, and how a colleague approves it. */
async function proposed(offices: Offices, rows: readonly object[]) {
  const proposal = await made(offices.gexiang, '/v1/proposals', { command: 'grant_list', input: { rows }, reason: '十一月' });
  const path = `/v1/proposals/${proposal['id']}`;
  const { hash, points } = proposal['input'];
  const approve = (acknowledged: object | undefined = { hash, points }) =>
    offices.colleague.post(`${path}/approval`, { ...(acknowledged && { acknowledged }) });
  return { proposal, path, approve, listPath: `/v1/grant-lists/gls_${proposal['id'].slice(4)}` };
}

/** The list once every row has its outcome: they are granted after the answer to the approval. */
async function done({ gexiang }: Offices, path: string): Promise<Record<string, any>> {
  await expect.poll(async () => (await read(gexiang, path))['done_at']).not.toBeNull();
  return read(gexiang, path);
}

/** A row with its members in the order of their names. */
const byName = (row: object) => Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const send = (by: Offices['gexiang'], rows: readonly object[]) => by.post('/v1/grant-list-previews', { rows });

async function preview({ gexiang }: Offices, rows: readonly object[]): Promise<Record<string, any>> {
  const answer = await gexiang.post('/v1/grant-list-previews', { rows });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

describe('a proposed list of grants', () => {
  it('shows its hash, its sum, its people, its largest rows, and all rows with names as the reader may know them', async () => {
    const offices = await openOffices();
    const { world, gexiang, colleague } = offices;
    const neighbour = await world.register('wanhe');
    const praised = await ruleOf(offices, { points: 500, per: 'event', name: '见义勇为' }, 'commendation');
    const rows = [
      ...Array.from({ length: 24 }, (_, n) => deed(offices, `a-${n}`, { quantity: n < 3 ? 2 : 1 })),
      deed(offices, 'b-1', { action_rule_id: praised, resident_id: neighbour, points: 300, description: '救人' }),
    ];
    const { proposal, path } = await proposed(offices, rows);
    const { input, names } = proposal as { input: Record<string, any>; names: object };
    const shown = rows.map((row) => ({ points: null, ...row }));
    const hash = createHash('sha256')
      .update(JSON.stringify(shown.map(byName)))
      .digest('hex');
    expect(input).toMatchObject({ hash, points: 570, people: 2, count: 25 });
    expect(input.rows).toEqual(shown.map((row, n) => ({ ...row, worth: n < 3 ? 20 : n < 24 ? 10 : 300 })));
    expect(input.largest).toHaveLength(20);
    expect(input.largest.slice(0, 5).map((row: Record<string, any>) => row['external_reference'])).toEqual([
      'b-1',
      'a-0',
      'a-1',
      'a-2',
      'a-3',
    ]);
    expect(names).toEqual({
      [world.residentId]: '葛小米',
      [neighbour]: '葛**',
      [world.ruleId]: '志愿服务',
      [praised]: '见义勇为',
    });
    expect(await read(colleague, path)).toEqual(proposal);
    const [brief] = await listed(gexiang, '/v1/proposals');
    const { rows: _, ...less } = input;
    expect(brief).toMatchObject({ id: proposal['id'], input: less, names });
    expect(brief!['input']).not.toHaveProperty('rows');
  });

  it('has the same hash for the same rows, and another one for any other', async () => {
    const offices = await openOffices();
    const hashOf = async (...rows: object[]) => (await proposed(offices, rows)).proposal['input'].hash as string;
    const same = [deed(offices, 'a-0'), deed(offices, 'a-1')];
    const hashes = [
      await hashOf(...same),
      await hashOf(...same.toReversed()),
      await hashOf(same[0]!),
      await hashOf(same[0]!, deed(offices, 'a-1', { description: '清理河道。' })),
      await hashOf(same[0]!, deed(offices, 'a-1', { quantity: 2 })),
    ];
    expect(new Set(hashes).size).toBe(5);
    expect(await hashOf(...same)).toBe(hashes[0]);
  });

  it('takes 500 rows, and names what is wrong with one', async () => {
    const offices = await openOffices();
    const { gexiang, street } = offices;
    const rows = Array.from({ length: 500 }, (_, n) => deed(offices, `活动-${n}`.padEnd(64, '号'), { description: '积'.repeat(200) }));
    const propose = (input: object, by = gexiang) => by.post('/v1/proposals', { command: 'grant_list', input, reason: '十一月' });
    expect((await propose({ rows })).status).toBe(201);
    expectFields(await propose({ rows: [...rows, rows[0]] }), '/input/rows');
    expectFields(await propose({ rows: [] }), '/input/rows');
    expectFields(await propose({ rows: [rows[0], { ...rows[1], quantity: 0 }] }), '/input/rows/1/quantity');
    expectFields(await propose({ rows: [{ ...rows[0], external_reference: undefined }] }), '/input/rows/0/external_reference');
    expectProblem(await propose({ rows: [rows[0]] }, street), 'community_only');
  });

  it('is approved by its hash and its sum, and then granted row by row', async () => {
    const offices = await openOffices();
    const { world, gexiang, wanhe, street } = offices;
    const capped = await ruleOf(offices, { capDay: 15 });
    const neighbour = await world.register('wanhe');
    const rows = [
      deed(offices, 'a-0', { action_rule_id: capped }),
      deed(offices, 'a-1', { action_rule_id: capped }),
      deed(offices, 'a-2', { resident_id: neighbour, quantity: 3 }),
      deed(offices, 'a-3', { resident_id: `res_${'0'.repeat(32)}` }),
    ];
    const { proposal, path, approve, listPath } = await proposed(offices, rows);
    expectProblem(await approve({ hash: proposal['input'].hash, points: 59 }), 'list_not_seen');
    expectProblem(await offices.colleague.post(`${path}/approval`, {}), 'list_not_seen');
    expectFields(await approve({ hash: 'AB', points: 60 }), '/acknowledged/hash');
    expectProblem(await gexiang.get(listPath), 'grant_list_not_found');
    const approved = await approve();
    expect(approved.status, approved.text).toBe(200);
    const result = { grant_list_id: listPath.split('/').at(-1), rows: 4, points: 60, approved_at: '2026-03-02T02:00:00.000Z' };
    expect(approved.body).toMatchObject({ status: 'approved', result });

    const list = await done(offices, listPath);
    const grants = await listed(gexiang, '/v1/grants');
    const idOf = (reference: string) => grants.find((grant) => grant['external_reference'] === reference)!['id'];
    expect(list).toMatchObject({
      id: result.grant_list_id,
      community_id: 'gexiang',
      proposal_id: proposal['id'],
      hash: proposal['input'].hash,
      points: 60,
      granted: 2,
      refused: 2,
      approved_at: '2026-03-02T02:00:00.000Z',
      done_at: '2026-03-02T02:00:00.000Z',
      proposed_by_name: '王一',
      approved_by_name: '李二',
    });
    expect(list['rows']).toMatchObject([
      {
        ...rows[0],
        number: 1,
        worth: 10,
        status: 'granted',
        grant_id: idOf('a-0'),
        refusal: null,
        resident_name: '葛小米',
        action_rule_name: '志愿服务',
      },
      { number: 2, status: 'refused', grant_id: null, refusal: { code: 'cap_exceeded', details: { limit: 15, used: 10, requested: 10 } } },
      { number: 3, worth: 30, status: 'granted', grant_id: idOf('a-2'), resident_name: '葛**' },
      { number: 4, status: 'refused', refusal: { code: 'resident_not_found' }, resident_name: null },
    ]);
    expect(grants).toHaveLength(2);
    expect(grants[0]).toMatchObject({ granted_by_name: '王一', approved_by_name: '李二', description: '清理河道' });
    expect(await read(street, listPath)).toMatchObject({
      granted: 2,
      rows: [{ resident_name: '葛小米' }, {}, { resident_name: '葛小米' }, {}],
    });
    expectProblem(await wanhe.get(listPath), 'foreign_community');
    expect((await read(offices.machine, listPath))['rows'][0]).toMatchObject({ resident_name: '葛**' });
    expectProblem(await approve(), 'proposal_decided');
  });
});

it('the same list that is proposed twice, and approved twice at once, is granted once', async () => {
  const offices = await openOffices();
  const { world, gexiang } = offices;
  const neighbour = await world.register('gexiang');
  const rows = Array.from({ length: 20 }, (_, n) => deed(offices, `活动-${n}`, n % 2 === 0 ? {} : { resident_id: neighbour }));
  const lists = [await proposed(offices, rows), await proposed(offices, rows)];
  expect(lists[1]!.proposal['input'].hash).toBe(lists[0]!.proposal['input'].hash);
  const answers = await Promise.all(lists.map(({ approve }) => approve()));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const both = [await done(offices, lists[0]!.listPath), await done(offices, lists[1]!.listPath)];
  expect(both.reduce((sum, { granted }) => sum + granted, 0)).toBe(20);
  const refusals = both.flatMap((list) => list['rows']).flatMap(({ refusal }) => refusal?.code ?? []);
  expect(refusals).toEqual(Array(20).fill('reference_used'));
  expect(new Set((await listed(gexiang, '/v1/grants')).map(({ external_reference: of }) => of)).size).toBe(20);
});

describe('POST /v1/grant-list-previews', () => {
  it('says of each row what it comes to and what is wrong, as if those before it were granted', async () => {
    const offices = await openOffices();
    const { world, gexiang } = offices;
    const capped = await ruleOf(offices, { capDay: 25 });
    const suspended = await world.register('gexiang');
    await world.must(setResidentStatus, { by: world.gexiang, id: suspended, status: 'suspended', reason: '核实' });
    await made(gexiang, '/v1/grants', deed(offices, 'a-0'));
    await enact(world, 'exposure_limit', { points: 100, communities: {} });
    const [limit] = (await read(gexiang, '/v1/limits'))['items'];
    const rows = [
      deed(offices, 'a-0'),
      deed(offices, 'a-1', { action_rule_id: capped }),
      deed(offices, 'a-2', { action_rule_id: capped, quantity: 2 }),
      deed(offices, 'Ａ-1'),
      deed(offices, 'a-4', { resident_id: suspended }),
      deed(offices, 'a-5', { occurred_on: '2026-03-03' }),
      deed(offices, 'a-6', { action_rule_id: world.wanheRuleId }),
      deed(offices, 'a-7', { quantity: 8 }),
      deed(offices, 'a-8'),
    ];
    const found = await changingNothing(world, () => preview(offices, rows));
    const codes = found['rows'].map((row: Record<string, any>) => row['refusal']?.code ?? row['points']);
    expect(codes).toEqual([
      'reference_used',
      10,
      'cap_exceeded',
      'reference_in_list',
      'resident_suspended',
      'effective_date_out_of_range',
      'foreign_community',
      80,
      'exposure_limit_exceeded',
    ]);
    expect(found['rows'][2]).toMatchObject({ points: 20, refusal: { details: { limit: 25, used: 10, requested: 20 } } });
    expect(found['rows'][3]).toMatchObject({ refusal: { details: { external_reference: 'Ａ-1', row: 2 } } });
    expect(found['rows'][6]['points']).toBeNull();
    expect(found).toMatchObject({ points: 90, people: 1, second_officer: false, because: null, refusal: null, limit });
  });

  it('says which way the list goes: by a grant, an officer’s day, a resident’s month, and a commendation', async () => {
    const offices = await openOffices();
    const { world } = offices;
    await enact(world, 'grant_alone', { points: 50, points_day: 120, points_resident_month: 90 });
    const [one, other] = [await world.register('gexiang'), await world.register('gexiang')];
    const of = async (...rows: [residentId: string, hours: number][]) => {
      const sent = rows.map(([residentId, quantity], n) => deed(offices, `a-${n}`, { resident_id: residentId, quantity }));
      const { second_officer: second, because } = await preview(offices, sent);
      expect(second).toBe(because !== null);
      return because;
    };
    expect(await of([one, 5])).toBeNull();
    expect(await of([one, 6])).toBe('grant');
    expect(await of([one, 5], [one, 4])).toBeNull();
    expect(await of([one, 5], [one, 5])).toBe('resident_month');
    expect(await of([one, 5], [other, 5], [world.residentId, 2])).toBeNull();
    expect(await of([one, 5], [other, 5], [world.residentId, 3])).toBe('officer_day');

    const counters = [limitKey('2026-03-02', 'alone', world.gexiang.id), limitKey('2026-03', 'alone', world.gexiang.id, one)];
    const counted = { name: 'count', load: () => [], decide: () => ({ uses: counters.map((key) => ({ key, add: 50 })), reply: null }) };
    await world.run(counted, {});
    expect(await of([one, 4])).toBeNull();
    expect(await of([one, 5])).toBe('resident_month');
    expect(await of([one, 4], [other, 3])).toBeNull();
    expect(await of([one, 4], [other, 4])).toBe('officer_day');

    const praised = await ruleOf(offices, { points: 40, per: 'event' }, 'commendation');
    const found = await preview(offices, [deed(offices, 'a-0', { action_rule_id: praised, points: 10 })]);
    expect(found).toMatchObject({ points: 10, second_officer: true, because: 'commendation' });
    const wrong = await preview(offices, [deed(offices, 'a-0', { action_rule_id: praised })]);
    expect(wrong).toMatchObject({ points: 0, second_officer: false, rows: [{ points: null, refusal: { code: 'points_out_of_range' } }] });
  });

  it('says that the officer stands in the list', async () => {
    const offices = await openOffices();
    const { world } = offices;
    const officer = (await all(world.store, 'officer')).find(({ id }) => id === world.gexiang.id);
    await world.run(book, { rows: [put('officer', { ...officer!, residentId: world.residentId })] });
    const { refusal } = await preview(offices, [deed(offices, 'a-0')]);
    expect(refusal).toMatchObject({ code: 'officer_in_list', details: { officer_id: world.gexiang.id, resident_id: world.residentId } });
  });

  it('is for officers of a community, of up to 500 rows', async () => {
    const offices = await openOffices();
    for (const caller of [offices.street, offices.machine]) expectProblem(await send(caller, [deed(offices, 'a')]), 'wrong_client');
    expectProblem(await send(offices.resident, [deed(offices, 'a')]), 'insufficient_scope');
    const rows = Array.from({ length: 500 }, (_, n) => deed(offices, `活动-${n}`.padEnd(64, '号'), { description: '积'.repeat(200) }));
    expect(await preview(offices, rows)).toMatchObject({ points: 5_000, people: 1, because: null });
    expectFields(await send(offices.gexiang, [...rows, rows[0]!]), '/rows');
    expectFields(await send(offices.gexiang, [{ ...rows[0], quantity: 0 }]), '/rows/0/quantity');
  });
});
