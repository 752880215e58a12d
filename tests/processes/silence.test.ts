/** The network to the database falls silent in the middle of a command: nothing says that it is gone. */
import { expect, it, onTestFinished } from 'vitest';
import { Engine } from '../../src/ledger/index.ts';
import { mintCode } from '../../src/redeem/index.ts';
import { commandIds, openStore } from '../../src/store/index.ts';
import { openApi } from '../support/api.ts';
import { codeOf } from '../support/counter.ts';
import { networkTo, type Silence } from '../support/network.ts';
import { expectWhole } from '../support/server.ts';
import { openWorld } from '../support/world.ts';

const ANSWER_WITHIN_MS = 500;

/** A till, and a code that it is shown, at a service that reaches its database through a network. */
async function openTill() {
  const world = await openWorld();
  const { clock, chance, residentId, merchantId, storeId } = world;
  const network = await networkTo(world.url);
  const store = await openStore(network.url, { answerWithinMs: ANSWER_WITHIN_MS });
  const engine = new Engine(store, { clock: () => clock.now, newId: commandIds(() => clock.now, chance) });
  onTestFinished(() => engine.idle().then(() => store.close()));
  const api = await openApi({ ...world, store, engine });
  const authorization = await api.bearer(await api.clientFor({ kind: 'till', merchantId, storeId }));
  await world.grantHours(world.gexiang, residentId, 10);
  const code = codeOf(1);
  const minted = { residentId, voucherId: await world.takeVoucher(), codeHash: api.keys.secrets.hash('code', code), sealedCode: 'sealed' };
  await world.must(mintCode, minted);
  const headers = { authorization, 'idempotency-key': 'R-1' };
  const body = { code, order_no: 'A-1', order_amount_fen: 100_000 };
  return { world, network, http: api.http, redeem: () => api.http.post('/v1/redemptions').set(headers).send(body) };
}

it.each<[string, Silence]>([
  ['before it is begun', { at: 'begin ', arrives: false }],
  ['before it is committed', { at: 'commit\0', arrives: false }],
  ['once it is committed', { at: 'commit\0', arrives: true }],
])('a command is answered 503 if the network falls silent %s, and done once when it is sent again', async (_when, silence) => {
  const { world, network, http, redeem } = await openTill();
  network.fallSilent(silence);
  const lost = await redeem();
  expect(lost.body, lost.text).toMatchObject({ status: 503, code: 'unavailable', retryable: true });
  expect((await http.get('/readyz')).status).toBe(503);

  network.heal();
  const again = await redeem();
  expect(again.status, again.text).toBe(201);
  expect(again.headers['idempotency-replayed']).toBe(silence.arrives ? 'true' : undefined);
  expect((await redeem()).text).toBe(again.text);
  expect(await world.store.read.$count(world.store.tables.redemption)).toBe(1);
  expect((await http.get('/readyz')).status).toBe(200);
  await expectWhole(world);
});
