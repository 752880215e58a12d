import { describe, expect, it } from 'vitest';
import { audit, keepReport } from '../../../src/cli/audit.ts';
import type { AuditReport } from '../../../src/ledger/index.ts';
import { expectProblem, listed, type Offices, openOffices, read } from '../../support/offices.ts';

const broken: AuditReport = {
  ok: false,
  checks: [
    { id: 'I2', title: 'a balance is the sum of its postings', finding: { seen: 3, of: 'accounts', broken: 'expired:gexiang: balance 0' } },
    { id: 'I9', title: 'what was answered survives a crash', finding: { notApplicable: 'a crash test does' } },
  ],
};

async function keep({ world }: Offices, report: AuditReport): Promise<void> {
  const startedAt = world.clock.now;
  world.clock.advance(1_500);
  await keepReport(world.engine, { report, startedAt, finishedAt: world.clock.now });
}

describe('GET /v1/audits', () => {
  it('tells what audits found, newest first', async () => {
    const offices = await openOffices();
    const { street, world } = offices;
    expect(await read(street, '/v1/audits')).toEqual({ items: [], next_cursor: null });
    await keep(offices, broken);
    await keep(offices, await audit(world.store));
    await keep(offices, await audit(world.store));
    const [latest, before, first] = await listed(street, '/v1/audits');
    expect(first).toEqual({
      id: first!['id'],
      started_at: '2026-03-02T02:00:00.000Z',
      finished_at: '2026-03-02T02:00:01.500Z',
      ok: false,
      checks: [
        {
          id: 'I2',
          title: 'a balance is the sum of its postings',
          seen: 3,
          unit: 'accounts',
          broken: 'expired:gexiang: balance 0',
          not_applicable: null,
        },
        {
          id: 'I9',
          title: 'what was answered survives a crash',
          seen: 0,
          unit: '',
          broken: null,
          not_applicable: 'a crash test does',
        },
      ],
    });
    expect(latest).toMatchObject({ ok: true, started_at: '2026-03-02T02:00:03.000Z' });
    expect(before!['checks'].length).toBeGreaterThan(20);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('is for whoever may read the ledger', async () => {
    const { gexiang, machine, till } = await openOffices();
    for (const caller of [gexiang, machine, till]) expectProblem(await caller.get('/v1/audits'), 'insufficient_scope');
  });
});
