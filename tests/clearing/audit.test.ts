import { describe, expect, it } from 'vitest';
import { tallyClosedDays } from '../../src/clearing/index.ts';
import { openCommunities } from '../support/communities.ts';
import type { Raw } from '../support/raw.ts';
import { brokenBy } from '../support/tampering.ts';

/** 2 March is settled and paid. 3 March is settled, and nothing of it is confirmed or paid: gexiang owes wanhe 2000, which owes its shop 3000. */
async function tampered(tamper: (raw: Raw) => Promise<void>): Promise<Record<string, string>> {
  const scheme = await openCommunities(['gexiang', 'wanhe']);
  const { world } = scheme;
  await scheme.spend('gexiang', 'wanhe');
  scheme.goOnTo('2026-03-03');
  const { id } = await scheme.settle('2026-03-02');
  await scheme.confirmAll(id);
  await scheme.payAll(id);
  await scheme.spend('gexiang', 'wanhe', 2);
  await scheme.spend('wanhe', 'wanhe');
  scheme.goOnTo('2026-03-04');
  await scheme.settle('2026-03-03');
  await tallyClosedDays({ view: world.store, engine: world.engine });
  return brokenBy(world, tamper);
}

describe('the audit of settlement runs names', () => {
  it('I12: something is due between communities for a day that is settled', async () => {
    const found = await tampered((raw) =>
      raw.exec(`update account set balance = -5 where path = 'due-to:gexiang:wanhe:2026-03-03';
        update account set balance = 5 where path = 'due-from:wanhe:gexiang:2026-03-03'`),
    );
    expect(found['I12']).toBe('due-to:gexiang:wanhe:2026-03-03: balance 5, but run 2 is closed');
    expect(Object.keys(found)).toEqual(['I2', 'I12']);
  });

  it('I12: a merchant of a paid run who is still owed something', async () => {
    const found = await tampered((raw) => raw.exec("update account set balance = -5 where path like 'payable:wanhe:%:2026-03-02'"));
    expect(found['I12']).toMatch(/^payable:wanhe:mer_[0-9a-f]{32}:2026-03-02: balance 5, but run 1 is paid$/);
    expect(Object.keys(found)).toEqual(['I2', 'I12', 'S5']);
  });

  it('I12: clearing that a paid run has left', async () => {
    const found = await tampered((raw) => raw.exec("update account set balance = 7 where path = 'clearing:wanhe:2026-03-02'"));
    expect(found['I12']).toBe('clearing:wanhe:2026-03-02: balance -7, but run 1 is paid');
  });

  it('S5: a party whose positions do not sum to what it froze', async () => {
    const found = await tampered((raw) =>
      raw.exec("update settlement_position set due_to_fen = 1999 where due_to_fen = 2000 and community_id = 'gexiang'"),
    );
    expect(found).toEqual({ S5: 'run 2: gexiang froze 2000 and 0 fen, its positions 1999 and 0' });
  });

  it('S8: a bank account that does not stand where its movements leave it', async () => {
    const found = await tampered((raw) => raw.exec("update bank_movement set fen = fen + 1 where kind = 'payout'"));
    expect(found).toEqual({ S8: 'bank:wanhe: its balance is -1 fen more than what moved on it' });
  });

  it('S8: a bank account on which something stands that never moved', async () => {
    const found = await tampered((raw) => raw.exec("update account set balance = balance + 3 where path = 'bank:gexiang'"));
    expect(found['S8']).toBe('bank:gexiang: its balance is 3 fen more than what moved on it');
  });

  it('S5: a payment that was changed', async () => {
    const found = await tampered((raw) => raw.exec('update settlement_payment set fen = 1999 where fen = 2000'));
    expect(found).toEqual({ S5: 'run 2: gexiang has a net of -2000 fen, its payments come to -1999' });
  });

  it('S5: a payment that says it was made, and was not', async () => {
    const found = await tampered((raw) => raw.exec('update settlement_payment set made_at = 1 where fen = 2000'));
    expect(found).toEqual({ S5: 'run 2: gexiang has 0 fen to book, its clearing account -2000' });
  });

  it('S5: a clearing account that was changed', async () => {
    const found = await tampered((raw) => raw.exec("update account set balance = balance + 1 where path = 'clearing:wanhe:2026-03-03'"));
    expect(found['S5']).toBe('run 2: wanhe has 2000 fen to book, its clearing account 2001');
    expect(Object.keys(found)).toEqual(['I2', 'S5']);
  });

  it('S5: a payout that was changed', async () => {
    const found = await tampered((raw) => raw.exec("update payout set fen = 2999 where state = 'due'"));
    expect(Object.keys(found)).toEqual(['S5']);
    expect(found['S5']).toMatch(/^run 2: pyo_[0-9a-f]{32} is due, its merchant is owed 3000 of 2999 fen$/);
  });

  it('S5: something left of a payout that is paid', async () => {
    const found = await tampered((raw) =>
      raw.exec("update payout set state = 'paid' where state = 'due'; update settlement_run set unpaid = 1 where number = 2"),
    );
    expect(Object.keys(found)).toEqual(['S5']);
    expect(found['S5']).toMatch(/^run 2: pyo_[0-9a-f]{32} is paid, its merchant is owed 3000 of 3000 fen$/);
  });

  it('S5: a merchant who is owed something and has no payout', async () => {
    const found = await tampered((raw) =>
      raw.exec("delete from payout where state = 'due'; update settlement_run set unpaid = 1 where number = 2"),
    );
    expect(found['S5']).toMatch(/^run 2: wanhe:mer_[0-9a-f]{32} is owed 3000 fen, and there is no payout$/);
  });

  it('S5: a run that has lost count', async () => {
    const found = await tampered((raw) => raw.exec('update settlement_run set unconfirmed = 1 where number = 2'));
    expect(found).toEqual({ S5: 'run 2: counts 1 unconfirmed and 2 unpaid, but there are 2 and 2' });
  });

  it('S6: flows that were kept and are not what the day came to', async () => {
    const found = await tampered((raw) =>
      raw.exec(`update day_flows set flows = replace(flows, '"fen":2000', '"fen":2001') where day = ${raw.day('2026-03-03')}`),
    );
    expect(Object.keys(found)).toEqual(['S6']);
    expect(found['S6']).toMatch(/^2026-03-03: .+"fen":2001.+ was kept, .+"fen":2000.+ is counted$/);
  });

  it('S11: a bank movement whose reference is not folded', async () => {
    const found = await tampered((raw) => raw.exec("delete from bank_reference where folded like 'made-%'"));
    expect(found).toEqual({ S11: expect.stringMatching(/^ent_[0-9a-f]{32}: its reference is not folded$/) });
  });

  it('S11: a folded reference that leads to another one, or to nothing', async () => {
    const other = await tampered((raw) =>
      raw.exec(
        `update bank_reference set reference = (select reference from bank_movement where kind = 'payout') where folded like 'received-%'`,
      ),
    );
    expect(other).toEqual({ S11: expect.stringMatching(/: its folded reference leads to ent_[0-9a-f]{32}, which has another one$/) });
    const nothing = await tampered((raw) => raw.exec("update bank_reference set reference = 'x' where folded like 'received-%'"));
    expect(nothing).toEqual({ S11: expect.stringMatching(/: its folded reference leads to nothing$/) });
  });

  it('S11: a folded reference that no grant has', async () => {
    const id = 'ab'.repeat(16);
    const found = await tampered((raw) =>
      raw.exec(`insert into folded_grant_reference (folded, community_id, grant_id) values ('x', 'gexiang', ${raw.id(`grt_${id}`)})`),
    );
    expect(found).toEqual({ S11: '1 references of grants are folded, and 0 grants hold one' });
  });
});
