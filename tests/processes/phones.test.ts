/** What holds of numbers and homes in however many processes write one database. */
import { describe, expect, it } from 'vitest';
import { askCodes, askSignInCode, signInByCode } from '../../src/access/index.ts';
import { changePhone, moveResident, registerResident } from '../../src/communities/index.ts';
import { approveProposal, propose } from '../../src/api/index.ts';
import { audit } from '../../src/cli/audit.ts';
import type { Outcome } from '../../src/ledger/index.ts';
import { consented } from '../support/consents.ts';
import { insist, openWriters, refusalsOf, succeeded, type Writer } from '../support/processes.ts';
import { officerOf, someSecret } from '../support/two-officers.ts';
import { openWorld, street, type World } from '../support/world.ts';

const WRITERS = 4;
const device = 'a test';
const phoneSealed = 'sealed';
const NEW_PHONE = 'ab'.repeat(16);
const RIGHT = 'c0de'.padEnd(32, '0');

function all<T>(writers: readonly Writer[], attempts: number, attempt: (writer: Writer, n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: attempts }, (_, n) => insist(() => attempt(writers[n % writers.length]!, n))));
}

async function residentOf({ store }: World, id: string) {
  return (await store.read.select().from(store.tables.resident)).find((row) => row.id === id)!;
}

/** The rows of the codes with which a resident changes the number, asked for. */
async function askedFor(world: World, rows: readonly [string, string]) {
  const codes = rows.map((row) => ({ row, codeHash: RIGHT, slot: `asked:${row.slice(0, 4)}`, known: true }));
  await world.must(askCodes, { codes });
  return rows.map((row) => ({ row, codeHash: RIGHT })) as unknown as readonly [
    { row: string; codeHash: string },
    { row: string; codeHash: string },
  ];
}

describe('of several processes', () => {
  it('one registers a number', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, WRITERS);
    const person = { by: street, communityId: 'gexiang', name: '钱多多', ...consented, phoneHash: NEW_PHONE, phoneSealed };
    const outcomes = await all(writers, 12, (writer) => writer.run(registerResident, person));
    expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([1, { phone_taken: 11 }]);
  });

  it('one gives a number to a resident, whether it is registered, changed to by codes, or given at a counter', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, WRITERS);
    const ids = [world.residentId, await world.register('gexiang'), await world.register('gexiang')];
    const changes = await Promise.all(
      ids.slice(0, 2).map(async (residentId, n) => {
        const codes = await askedFor(world, [`${n}1`.padEnd(32, '0'), `${n}2`.padEnd(32, '0')]);
        const { phoneHash: formerHash } = await residentOf(world, residentId);
        return { residentId, sessionId: 'none', phone: { phoneHash: NEW_PHONE, phoneSealed }, formerHash, codes };
      }),
    );
    const stored = { residentId: ids[2]!, phoneHash: NEW_PHONE, phoneSealed };
    const { id } = await world.must(propose, { by: world.gexiang, command: 'phone', input: stored, reason: '手机丢失' });
    const second = await officerOf(world, 'gexiang');
    const person = { by: street, communityId: 'gexiang', name: '钱多多', ...consented, phoneHash: NEW_PHONE, phoneSealed };
    const outcomes = await all<Outcome<object>>(writers, 4, (writer, n) => {
      if (n < 2) return writer.run(changePhone, changes[n]!);
      if (n === 2) return writer.run(registerResident, person);
      return writer.run(approveProposal, { by: second, id, reason: null, secret: someSecret });
    });
    expect([succeeded(outcomes), refusalsOf(outcomes)]).toEqual([1, { phone_taken: 3 }]);
    const residents = await world.store.read.select().from(world.store.tables.resident);
    expect(residents.filter(({ phoneHash }) => phoneHash === NEW_PHONE)).toHaveLength(1);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('none leaves a session of the old number behind while another changes it', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, WRITERS);
    for (let round = 0; round < 5; round++) {
      const { phoneHash: formerHash } = await residentOf(world, world.residentId);
      const newHash = `${round}`.repeat(32);
      const rows = Array.from({ length: 8 }, (_, n) => `${round}${n}f`.padEnd(32, 'f'));
      for (const row of rows) await world.must(askSignInCode, { row, codeHash: RIGHT, slot: `asked:${row.slice(0, 4)}`, known: true });
      const codes = await askedFor(world, [`a${round}`.padEnd(32, '0'), `b${round}`.padEnd(32, '0')]);
      const change = { residentId: world.residentId, sessionId: 'none', phone: { phoneHash: newHash, phoneSealed }, formerHash, codes };
      const outcomes = await all<Outcome<object>>(writers, 9, (writer, n) => {
        if (n === 4) return writer.run(changePhone, change);
        const row = rows[n > 4 ? n - 1 : n]!;
        const attempt = { phoneHash: formerHash, codeHash: RIGHT, rows: [row], slot: `code:${row.slice(0, 4)}`, device };
        return writer.run(signInByCode, attempt);
      });
      expect(refusalsOf(outcomes)).toEqual({});
      expect((await residentOf(world, world.residentId)).phoneHash).toBe(newHash);
      const sessions = await world.store.read.select().from(world.store.tables.session);
      expect(sessions.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    }
  });

  it('none makes a client of the old home while another moves the resident', async () => {
    const world = await openWorld();
    const writers = await openWriters(world, WRITERS);
    const ids = await Promise.all(Array.from({ length: 6 }, async () => world.register('gexiang')));
    const by = { id: world.wanhe.id, communityId: 'wanhe' };
    await Promise.all(
      ids.map(async (id, n) => {
        const { phoneHash } = await residentOf(world, id);
        await world.must(askSignInCode, { row: phoneHash, codeHash: RIGHT, slot: `asked:${n}`, known: true });
        const attempt = { phoneHash, codeHash: RIGHT, rows: [phoneHash], slot: `code:${n}`, device };
        const outcomes = await Promise.all<Outcome<object>>([
          insist(() => writers[n % WRITERS]!.run(signInByCode, attempt)),
          insist(() => writers[(n + 1) % WRITERS]!.run(moveResident, { by, id, proof: { reason: '搬家' } })),
        ]);
        expect(refusalsOf(outcomes)).toEqual({});
      }),
    );
    const clients = (await world.store.read.select().from(world.store.tables.client)).filter(({ residentId }) => residentId !== null);
    expect(clients).toHaveLength(6);
    expect(new Set(clients.map(({ communityId }) => communityId))).toEqual(new Set(['wanhe']));
  });
});
