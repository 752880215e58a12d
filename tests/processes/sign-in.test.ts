/** What holds of signing in however many processes write one database. */
import { describe, expect, it } from 'vitest';
import { askSignInCode, setPassword, signInByCode, signInByPassword } from '../../src/access/index.ts';
import type { Outcome } from '../../src/ledger/index.ts';
import { counterLogin, freshPassword } from '../support/people.ts';
import { insist, openWriters, type Writer } from '../support/processes.ts';
import { openWorld, type World } from '../support/world.ts';

const WRITERS = 4;
const device = 'a test';
/** A stranger, who tries from one address in all processes. */
const by = { own: 'address:0001', strangers: 'name:0001', strangersAtTotp: 'totp:0001' };

type Code = { readonly phoneHash: string; readonly codeHash: string };

function askFor({ phoneHash, codeHash }: Code) {
  return { row: phoneHash, codeHash, slot: 'asked:0001' };
}

function tryOf(code: Code) {
  return { ...code, rows: [code.phoneHash], slot: 'code:0001', device };
}

function all<T>(writers: readonly Writer[], attempts: number, attempt: (writer: Writer, n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: attempts }, (_, n) => insist(() => attempt(writers[n % writers.length]!, n))));
}

/** What became of tries, and how often. */
function counted(outcomes: readonly Outcome<object>[]): Record<string, number> {
  const told = outcomes.map((outcome) => {
    if ('refused' in outcome) return outcome.refused;
    return 'failed' in outcome.reply ? String(outcome.reply.failed) : 'succeeded';
  });
  return Object.fromEntries([...Map.groupBy(told, (name) => name)].map(([name, found]) => [name, found.length]));
}

async function loginOf({ store }: World, id: string) {
  return (await store.read.select().from(store.tables.login)).find((login) => login.id === id)!;
}

describe('of several processes', () => {
  it('one signs a resident in with a code, and the others find it used', async () => {
    const world = await openWorld();
    const [resident] = await world.store.read.select().from(world.store.tables.resident);
    const code = { phoneHash: resident!.phoneHash, codeHash: 'c0de'.padEnd(32, '0') };
    await world.must(askSignInCode, askFor(code));
    const writers = await openWriters(world, WRITERS);
    const outcomes = await all(writers, 12, (writer) => writer.run(signInByCode, tryOf(code)));
    expect(counted(outcomes)).toEqual({ succeeded: 1, wrong: 11 });
    expect(await world.store.read.$count(world.store.tables.session)).toBe(1);
  });

  it('each counts wrong codes: after five the right one is worth nothing anywhere', async () => {
    const world = await openWorld();
    const [resident] = await world.store.read.select().from(world.store.tables.resident);
    const code = { phoneHash: resident!.phoneHash, codeHash: 'c0de'.padEnd(32, '0') };
    await world.must(askSignInCode, askFor(code));
    const writers = await openWriters(world, WRITERS);
    await all(writers, 12, (writer) => writer.run(signInByCode, tryOf({ ...code, codeHash: 'bad'.padEnd(32, '0') })));
    expect(await world.store.read.select().from(world.store.tables.signInCode)).toMatchObject([{ failures: 5, used: 0 }]);
    const outcomes = await all(writers, 4, (writer) => writer.run(signInByCode, tryOf(code)));
    expect(counted(outcomes)).toEqual({ wrong: 4 });
  });

  it('each counts wrong passwords: the fifth locks out in all who made them', async () => {
    const world = await openWorld();
    const loginId = await counterLogin(world);
    const { passwordHash } = await loginOf(world, loginId);
    const writers = await openWriters(world, WRITERS);
    const tried = { password: { loginId, passwordHash, good: false, by }, totp: null, device };
    const outcomes = await all(writers, 12, (writer) => writer.run(signInByPassword, tried));
    expect(counted(outcomes)).toEqual({ wrong: 4, locked: 8 });
    expect(await loginOf(world, loginId)).toMatchObject({ failures: 5 });
  });

  it('none leaves a session of an old password behind while another sets a new one', async () => {
    const world = await openWorld();
    const loginId = await counterLogin(world);
    const writers = await openWriters(world, WRITERS);
    for (let round = 0; round < 5; round++) {
      const { passwordHash } = await loginOf(world, loginId);
      const current = { loginId, passwordHash, good: true, by };
      const renewed = await freshPassword(`the ${round}th`);
      const outcomes = await all(writers, 12, (writer, n) =>
        n === 6
          ? writer.run<object, object>(setPassword as never, { loginId, current, passwordHash: renewed.passwordHash, sessionId: 'none' })
          : writer.run<object, object>(signInByPassword as never, { password: current, totp: null, device }),
      );
      expect(Object.keys(counted(outcomes))).toContain('succeeded');
      expect((await loginOf(world, loginId)).passwordHash).toBe(renewed.passwordHash);
      const sessions = await world.store.read.select().from(world.store.tables.session);
      expect(sessions.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    }
  });
});
