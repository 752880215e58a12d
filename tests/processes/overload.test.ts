/** What PostgreSQL says while it cannot do its work, raised by the server itself in the middle of a redemption, and of a read. */
import { expect, it } from 'vitest';
import { openCounter } from '../support/counter.ts';
import { rawOf } from '../support/raw.ts';
import { expectWhole } from '../support/server.ts';

/** What lets each redemption that is written fail with PostgreSQL's code of an error. */
function failing(sqlState: string): string {
  return `create function fail() returns trigger language plpgsql as $$ begin
    raise exception 'said by the test' using errcode = '${sqlState}'; end $$;
    create trigger failing before insert on redemption for each row execute function fail()`;
}

/** A till in front of a database whose owner lets redemptions fail. */
async function openFailing() {
  const counter = await openCounter();
  const raw = await rawOf(counter.world);
  const { code } = await counter.readyCode();
  const headers = { authorization: await counter.till.authorize(), 'idempotency-key': 'R-1' };
  return {
    ...counter,
    // Until it succeeds, each answer to the same request is another one.
    redeem: () => counter.api.http.post('/v1/redemptions').set(headers).send(counter.order(code)),
    fail: (sqlState: string) => raw.exec(failing(sqlState)),
    recover: () => raw.exec('drop trigger failing on redemption; drop function fail()'),
  };
}

const passing: readonly (readonly [code: string, of: string])[] = [
  ['53000', 'a server without resources'],
  ['53100', 'a full disk'],
  ['53200', 'a server without memory'],
  ['53300', 'too many connections'],
  ['53400', 'a limit of its configuration'],
  ['57014', 'a statement that is cancelled because it takes too long'],
  ['57P01', 'a server that an administrator stops'],
  ['57P02', 'a server that crashes'],
  ['57P03', 'a server that starts'],
  ['57P05', 'a session that was idle for too long'],
  ['58030', 'a disk that fails'],
  ['25006', 'a server that is only read'],
  ['08006', 'a connection that fails'],
  ['08P01', 'a pooler that has no connection'],
  ['55P03', 'a lock that others hold'],
  ['40001', 'a serialization failure'],
  ['40P01', 'a deadlock'],
];

it('what PostgreSQL says of an overload or an outage is 503 with Retry-After, and nothing is half written', async () => {
  const { world, redeem, api, fail, recover } = await openFailing();
  for (const [sqlState, of] of passing) {
    await fail(sqlState);
    const lost = await redeem();
    expect([sqlState, of, lost.status, lost.body.code, lost.headers['retry-after']]).toEqual([sqlState, of, 503, 'unavailable', '1']);
    await recover();
  }
  expect(await world.store.read.$count(world.store.tables.redemption)).toBe(0);
  const done = await redeem();
  expect([done.status, done.headers['idempotency-replayed']]).toEqual([201, undefined]);
  expect(api.logged.join('')).not.toContain('"frames"');
  await expectWhole(world);
});

it('what PostgreSQL says of damage or of our own mistakes is 500, and its stack is logged', async () => {
  const { world, redeem, api, fail, recover } = await openFailing();
  for (const sqlState of ['42501', '42P01', '23502', '22003', 'XX001', 'XX002', 'P0001']) {
    await fail(sqlState);
    const failed = await redeem();
    expect([sqlState, failed.status, failed.body.code]).toEqual([sqlState, 500, 'internal_error']);
    expect(api.logged.join('')).toContain(`"code":"${sqlState}"`);
    await recover();
  }
  expect(api.logged.join('')).toContain('"frames"');
  expect((await redeem()).status).toBe(201);
  await expectWhole(world);
});

it.each(['53100', '53200', '57P01', '57014', '40001', '55P03'])('a read that PostgreSQL fails with %s is 503 as well', async (sqlState) => {
  const { world, till } = await openCounter();
  const raw = await rawOf(world);
  await raw.exec(`create function fail() returns boolean language plpgsql as $$ begin
    raise exception 'said by the test' using errcode = '${sqlState}'; end $$;
    alter table offer enable row level security; create policy failing on offer using (fail())`);
  const read = await till.get('/v1/offers');
  expect([read.status, read.body['code'], read.headers['retry-after']]).toEqual([503, 'unavailable', '1']);
});
