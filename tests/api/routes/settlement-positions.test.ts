import { describe, expect, it } from 'vitest';
import { expectFields, expectProblem, read } from '../../support/offices.ts';
import { NO_RUN, openSettling } from '../../support/settling-offices.ts';

const reason = { reason: '不是本社区的积分' };
const resolution = { resolution: '已核实' };

const position = (own: string, other: string, to: number, from: number) => {
  return {
    community_id: own,
    counterparty_id: other,
    due_to_fen: to,
    due_from_fen: from,
    net_fen: from - to,
    dispute: null,
    counterparty_dispute: null,
  };
};

async function openPositions() {
  const settling = await openSettling();
  const { id } = await settling.closedRun();
  const path = `/v1/settlement-runs/${id}/positions`;
  return { ...settling, runId: id as string, path, dispute: `${path}/wanhe/dispute`, resolve: `${path}/wanhe/resolution` };
}

describe('the positions of a run', () => {
  it('show a community what it and each other one owed, and the street office all', async () => {
    const { street, gexiang, wanhe, taiyan, machine, till, resident, path } = await openPositions();
    const all = [
      position('gexiang', 'wanhe', 3_000, 0),
      position('taiyan', 'wanhe', 2_000, 1_000),
      position('wanhe', 'gexiang', 0, 3_000),
      position('wanhe', 'taiyan', 1_000, 2_000),
    ];
    expect(await read(street, path)).toEqual({ items: all });
    for (const who of [gexiang, machine]) expect(await read(who, path)).toEqual({ items: all.slice(0, 1) });
    expect(await read(taiyan, path)).toEqual({ items: all.slice(1, 2) });
    expect(await read(wanhe, path)).toEqual({ items: all.slice(2) });
    for (const who of [till, resident]) expectProblem(await who.get(path), 'insufficient_scope');
  });

  it('are disputed by the community that they are of, and the dispute is resolved by it or by the street office', async () => {
    const { street, gexiang, wanhe, world, runId, path, dispute, resolve } = await openPositions();
    const marked = { run_id: runId, community_id: 'gexiang', counterparty_id: 'wanhe', at: '2026-03-03T02:00:00.000Z' };
    const disputed = await gexiang.post(dispute, reason, 'dispute-1');
    expect([disputed.status, disputed.body]).toEqual([200, marked]);
    const open = { at: marked.at, by: world.gexiang.id, ...reason, resolved_at: null, resolved_by: null, resolution: null };
    expect((await read(gexiang, path))['items'][0].dispute).toEqual(open);
    const seenByOther = (await read(wanhe, path))['items'].find((item: Record<string, any>) => item['counterparty_id'] === 'gexiang');
    expect(seenByOther).toMatchObject({ dispute: null, counterparty_dispute: open });
    world.clock.advance(3_600_000);
    const resolved = await street.post(resolve, { community_id: 'gexiang', ...resolution }, 'resolve-1');
    expect([resolved.status, resolved.body]).toEqual([200, { ...marked, at: '2026-03-03T03:00:00.000Z' }]);
    const ended = { ...open, resolved_at: '2026-03-03T03:00:00.000Z', resolved_by: expect.stringMatching(/^off_/), ...resolution };
    expect((await read(gexiang, path))['items'][0].dispute).toEqual(ended);
    // The same requests again say the same and begin nothing anew.
    expect((await gexiang.post(dispute, reason, 'dispute-1')).text).toBe(disputed.text);
    expect((await street.post(resolve, { community_id: 'gexiang', ...resolution }, 'resolve-1')).text).toBe(resolved.text);
    expect((await read(gexiang, path))['items'][0].dispute).toEqual(ended);

    expect((await gexiang.post(dispute, { reason: '金额仍有误' })).status).toBe(200);
    expect((await gexiang.post(resolve, resolution)).body).toMatchObject({ community_id: 'gexiang' });
  });

  it('are disputed by nobody else, once at a time, and resolved only where they are disputed', async () => {
    const { street, gexiang, taiyan, wanhe, machine, till, resident, refuses, path, dispute, resolve, runId } = await openPositions();
    for (const who of [machine, till, resident]) {
      await refuses(() => who.post(dispute, reason), 'insufficient_scope');
      await refuses(() => who.post(resolve, resolution), 'insufficient_scope');
    }
    await refuses(() => street.post(dispute, reason), 'community_only');
    const named = { run_id: runId, community_id: 'gexiang', counterparty_id: 'taiyan' };
    await refuses(() => gexiang.post(`${path}/taiyan/dispute`, reason), 'position_not_found', { details: named });
    await refuses(() => gexiang.post(`/v1/settlement-runs/${NO_RUN}/positions/wanhe/dispute`, reason), 'position_not_found');
    await refuses(() => gexiang.post(`${path}/taiyan/resolution`, resolution), 'position_not_found', { details: named });
    await refuses(() => gexiang.post(resolve, resolution), 'dispute_not_open');
    await gexiang.post(dispute, reason);
    await refuses(() => gexiang.post(dispute, reason), 'dispute_open', { details: { disputed_at: '2026-03-03T02:00:00.000Z' } });
    for (const who of [taiyan, wanhe]) {
      await refuses(() => who.post(resolve, { community_id: 'gexiang', ...resolution }), 'foreign_community');
    }
    await gexiang.post(resolve, resolution);
    await refuses(() => street.post(resolve, { community_id: 'gexiang', ...resolution }), 'dispute_not_open');
    expectFields(await street.post(resolve, resolution), '/community_id');
    expectFields(await gexiang.post(dispute, {}), '/reason');
    expectFields(await gexiang.post(resolve, { ...resolution, reason: '' }), '/reason');
  });

  it('that are disputed do not hold the run up', async () => {
    const { gexiang, wanhe, runId, dispute, paymentsOf } = await openPositions();
    await gexiang.post(dispute, reason);
    const path = `/v1/settlement-payments/${(await paymentsOf(runId)).gexiang['id']}`;
    for (const who of [gexiang, wanhe]) expect((await who.post(`${path}/confirmation`, {})).status).toBe(200);
    expect((await gexiang.post(`${path}/made`, { bank_reference: 'B-1' })).status).toBe(200);
  });
});
