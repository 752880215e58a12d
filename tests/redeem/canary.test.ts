/**
 * People with names, numbers and texts that occur nowhere else go through every flow that there is, are erased, and are searched for wherever
 * a scheme keeps or tells something. A column that is new fails here until a flow fills it, and a route that writes until a flow takes it.
 */
import { expect, inject, it } from 'vitest';
import { audit } from '../../src/cli/audit.ts';
import { appointOfficer } from '../../src/communities/index.ts';
import { pruneOver } from '../../src/pruning.ts';
import type { Caller } from '../support/counter.ts';
import { consent } from '../support/consents.ts';
import { exported } from '../support/exported.ts';
import { eraseRun, WEEK_MS } from '../support/leaving.ts';
import { PHONE } from '../support/offices.ts';
import { browserOf, codeFor } from '../support/people.ts';
import { codesSent, DAY, HOUR } from '../support/phones.ts';
import { holds, NUMBERS, TEXT } from '../support/canary/marks.ts';
import { emptiedByHand, foundByName, namedByTheWay } from '../support/canary/offices.ts';
import { asOfficer, askedAbout, changed, type Marked, registered, succeeds, together, withOtherNumbers } from '../support/canary/people.ts';
import { earning, spending } from '../support/canary/points.ts';
import {
  answersHolding,
  filesHolding,
  neverFilled,
  replaysHolding,
  operationsLeft,
  tablesHolding,
  textsLeft,
} from '../support/canary/sinks.ts';
import { decided, openStage, type Stage } from '../support/canary/stage.ts';

/** Operations that take nothing of a resident: they are about offices, shops, rules, money, or those who work here. */
const notTheirs = `issueToken setPassword beginTotp confirmTotp removeTotp createLogin resetPassword revokeLogin
  openCommunity renameCommunity addActionRule changeActionRule addOffer contributeToFund
  registerMerchant addStore setStorePlace addTerminal rotateOwnSecret compareBooks
  openSettlementRun closeSettlementRun confirmSettlementPayment recordPaymentMade recordPaymentReceived`.split(/\s+/);

/** Some of the paths that tell of the person while they are there. */
const telling = `/v1/me /v1/me/data /v1/me/messages /v1/me/statement /v1/residents /v1/residents/{id} /v1/residents/{id}/changes
  /v1/households/{id} /v1/clients/{id} /v1/grants/{id} /v1/grant-lists/{id} /v1/proposals /v1/proposals/{id}
  /v1/positions/redemptions/{id}/grants /v1/settlement-runs/{id}/payouts /v1/adjustments /v1/list-exports`.split(/\s+/);

/** Everything that somebody does who is registered, earns, spends and lives with others. */
async function live(stage: Stage): Promise<Marked> {
  const marked = await registered(stage);
  const { residentId, phone } = marked;
  await changed(stage, residentId);
  await earning(stage, marked);
  await askedAbout(stage, residentId, phone, PHONE);
  const entryId = await spending(stage, marked);
  await together(stage, marked);
  await namedByTheWay(stage, entryId);
  await withOtherNumbers(stage, marked);
  await asOfficer(stage, residentId);
  return marked;
}

/** All of them leave: the first withdraws twice, and then asks by the own phone; for the others two officers ask. */
async function leave(stage: Stage, { residentId, childId, listedId, declinedId, phone }: Marked): Promise<void> {
  const { api, world, write, gexiang, wanhe, colleague } = stage;
  const both = [gexiang, colleague] as const;
  const asks = async () => {
    const { erase: code } = await codesSent(api, () => phone.post('/v1/me/erasure-codes', {}));
    return (await succeeds(phone.post('/v1/me/erasures', { code })))['id'] as string;
  };
  await succeeds(phone.post(`/v1/me/erasures/${await asks()}/withdrawal`, {}));
  const { result } = await decided(stage, both, 'erasure', { resident_id: residentId }, { reason: TEXT });
  await write(gexiang, `/v1/erasures/${result['erasure_id']}/withdrawal`, {});
  world.clock.advance(HOUR);
  await asks();
  const { id: secondOfWanhe } = await world.must(appointOfficer, { name: '王四', communityId: 'wanhe', residentId: null });
  const second = await stage.as({ kind: 'officer', officerId: secondOfWanhe });
  await decided(stage, [wanhe, second], 'erasure', { resident_id: childId }, { reason: TEXT });
  for (const id of [listedId, declinedId]) await decided(stage, both, 'erasure', { resident_id: id }, { reason: TEXT });

  world.clock.advance(WEEK_MS);
  await eraseRun(world);
  world.clock.advance(HOUR);
  await expect.poll(() => eraseRun(world), { timeout: 20_000 }).toBe(4);
  await pruneOver(world.store, world.clock.now + 40 * DAY);
}

it('is nowhere any more, in no file, dump, export, log or answer', { timeout: 240_000 }, async () => {
  const stage = await openStage();
  const { world, api, till, machine, resident, gexiang, wanhe, street, as } = stage;
  const nobody: Pick<Caller, 'get'> = { get: async (path) => api.http.get(path) };
  const neighbour = browserOf(api);
  const merchant = await as({ kind: 'till', merchantId: world.merchantId, storeId: null });
  const everybody = [neighbour, resident, gexiang, wanhe, street, till, merchant, machine, nobody];
  const isSqlite = inject('engine') === 'sqlite';

  const marked = await live(stage);
  const { residentId, childId, listedId, declinedId, phone } = marked;
  expect(await neverFilled(stage, [residentId, childId, listedId, declinedId])).toEqual([]);
  // Each search finds what is there.
  expect(await tablesHolding(stage)).toEqual(
    expect.arrayContaining(['resident', 'point_grant', 'proposal', 'voucher', 'redemption_reversal']),
  );
  if (isSqlite) expect(filesHolding(stage).length).toBeGreaterThan(0);
  expect((await answersHolding(stage, [gexiang, wanhe, street, phone])).found).toEqual(expect.arrayContaining(telling));
  expect(stage.texts.length).toBeGreaterThan(3);
  expect(stage.texts.filter(holds)).toEqual([]);

  await leave(stage, marked);
  expect((await phone.get('/v1/me')).status).toBe(401);
  await succeeds(neighbour.signIn({ phone: PHONE, code: await codeFor(api, PHONE) }));
  await world.grantHours(world.gexiang, world.residentId, 10);
  await succeeds(neighbour.post('/v1/me/vouchers', { offer_id: world.cashOfferId, quantity: 1 }));
  // The proposal of an adjustment is about an entry, as the adjustment is.
  expect((await emptiedByHand(stage)).toSorted()).toEqual([...foundByName, 'proposal.decision_reason', 'proposal.reason'].toSorted());
  expect((await operationsLeft(stage)).toSorted()).toEqual(notTheirs.toSorted());
  // Keys of rows and of policies, and the names of officers and of their credentials.
  expect((await textsLeft(stage)).toSorted()).toEqual(['blankText.items', 'propose.name', 'propose.propertyNames']);

  expect(await tablesHolding(stage)).toEqual([]);
  expect(holds(await exported(world.store))).toBe(false);
  expect(api.logged.filter(holds)).toEqual([]);
  const { unread, found } = await answersHolding(stage, everybody);
  expect(found).toEqual([]);
  expect(unread).toEqual([]);
  expect(await replaysHolding(stage)).toEqual([]);
  if (isSqlite) {
    expect(await world.store.sweep()).toBe(true);
    expect(filesHolding(stage)).toEqual([]);
  }
  const { checks } = await audit(world.store);
  expect(checks.filter(({ finding }) => 'broken' in finding)).toEqual([]);
  // The numbers may be registered anew.
  for (const [n, number] of NUMBERS.entries())
    await stage.write(gexiang, '/v1/residents', { name: `葛大米${n}`, phone: number, ...consent });
});
