/** People register on their own phone; an officer confirms or declines it. */
import { describe, expect, it } from 'vitest';
import { audit } from '../../../src/cli/audit.ts';
import { consent } from '../../support/consents.ts';
import { expectFields, expectProblem, listed, made, type Offices, openOffices, PHONE, read } from '../../support/offices.ts';
import { type Browser, browserOf, codeFor } from '../../support/people.ts';
import { plansOf } from '../../support/plans.ts';
import { HOME, openStreet, STRANGERS, times } from '../../support/street.ts';
import { agreed, registerThere, registrationCode } from '../../support/self-registering.ts';
import { registrationsPage } from '../../../src/communities/index.ts';

const NEW_PHONE = '13912345678';
const NOBODY = `res_${'0'.repeat(32)}`;
const told = { name: '陈小明', phone: NEW_PHONE, community_id: 'gexiang' };

type Registered = Offices & { readonly browser: Browser; readonly id: string };

/** Somebody has registered on their own phone, in Gexiang. */
async function registered(more: object = {}): Promise<Registered> {
  const offices = await openOffices();
  const browser = browserOf(offices.api);
  const answer = await registerThere(offices.api, browser, { ...told, ...more });
  expect(answer.status, answer.text).toBe(201);
  return { ...offices, browser, id: answer.body['id'] as string };
}

describe('POST /v1/registrations', () => {
  it('registers somebody as unconfirmed, with their consent, and signs them in', async () => {
    const { world, browser, id, gexiang } = await registered();
    expect(await read(browser, '/v1/me')).toMatchObject({ id, name: '陈小明', phone: '139****5678', status: 'unconfirmed' });
    expect(await read(gexiang, `/v1/residents/${id}`)).toMatchObject({
      status: 'unconfirmed',
      consents: [{ notice_version: 1, how: 'phone', paper_number: null, guardian: null, taken_by: null, at: '2026-03-02T02:00:00.000Z' }],
    });
    const requests = await world.store.read.select().from(world.store.tables.request);
    expect(requests.filter(({ command }) => command === 'register-oneself')).toEqual([]);
    expect((await audit(world.store)).ok).toBe(true);
  });

  it('lets them earn, and spend nothing until an officer confirms it', async () => {
    const { world, gexiang, officer, browser, id } = await registered();
    await world.grantHours(world.gexiang, id, 20);
    const voucher = { offer_id: world.cashOfferId, quantity: 1 };
    const taken = await browser.post('/v1/me/vouchers', voucher);
    expectProblem(taken, 'resident_unconfirmed', { details: { resident_id: id } });
    expectProblem(await officer.post(`/v1/residents/${id}/vouchers`, voucher), 'resident_unconfirmed');
    const { body, status } = await gexiang.post(`/v1/registrations/${id}/confirmation`, {});
    expect([status, body]).toEqual([200, { resident_id: id, status: 'active', decided_at: '2026-03-02T02:00:00.000Z' }]);
    expect((await browser.post('/v1/me/vouchers', voucher)).status).toBe(201);
  });

  it('tells a stranger nothing of a phone: a wrong code is answered alike, and a code is sent to every phone', async () => {
    const { api, world } = await openOffices();
    const answers = await Promise.all(
      [PHONE, NEW_PHONE].map(async (phone) => {
        const asked = await api.http.post('/v1/registrations/codes').send({ phone });
        const tried = await api.http.post('/v1/registrations').send({ ...told, phone, code: '000000', consent: agreed });
        const { request_id: _, ...body } = tried.body;
        return [asked.status, asked.body, tried.status, body];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]![0]).toBe(202);
    expect(answers[0]![3]).toMatchObject({ code: 'sign_in_failed' });
    expect(await world.store.read.select().from(world.store.tables.registration)).toEqual([]);
    expect(api.logged.join()).not.toMatch(new RegExp(`${PHONE}|${NEW_PHONE}`));
  });

  it('tells the holder of a right code that the phone is registered', async () => {
    const { api } = await openOffices();
    const answer = await registerThere(api, browserOf(api), { ...told, phone: PHONE });
    expectProblem(answer, 'phone_registered');
  });

  it('takes no code to sign in, and its own code signs nobody in', async () => {
    const { api } = await openOffices();
    const toSignIn = await codeFor(api, PHONE);
    const tried = await api.http.post('/v1/registrations').send({ ...told, phone: PHONE, code: toSignIn, consent: agreed });
    expect(tried.body).toMatchObject({ code: 'sign_in_failed' });
    const toRegister = await registrationCode(api, PHONE);
    expect((await browserOf(api).signIn({ phone: PHONE, code: toRegister })).body).toMatchObject({ code: 'sign_in_failed' });
    expect((await browserOf(api).signIn({ phone: PHONE, code: toSignIn })).status).toBe(201);
  });

  it('takes a code once, and no longer after five wrong ones', async () => {
    const { api } = await openOffices();
    const code = await registrationCode(api, NEW_PHONE);
    const wrong = code === '000000' ? '000001' : '000000';
    const send = (body: object) => api.http.post('/v1/registrations').send({ ...told, code, consent: agreed, ...body });
    for (let n = 0; n < 5; n++) expect((await send({ code: wrong })).body).toMatchObject({ code: 'sign_in_failed' });
    expect((await send({})).body).toMatchObject({ code: 'sign_in_failed' });
    const other = { phone: '13912345679' };
    const good = { ...other, code: await registrationCode(api, other.phone) };
    expect((await send(good)).status).toBe(201);
    expect((await send(good)).body).toMatchObject({ code: 'sign_in_failed' });
  });

  it('is not spoilt by strangers who guess its code from another address, nor by those behind the same one', async () => {
    const street = await openStreet();
    const { api } = street;
    const [code, theirs] = [await registrationCode(api, NEW_PHONE), await registrationCode(api, '13912345679')];
    const wrong = code === '000000' ? '000001' : '000000';
    const send = (address: string, body: object) =>
      street.at(address).from({}, 'post', '/v1/registrations', { ...told, code, consent: agreed, ...body });
    await times(9, () => send(STRANGERS, { code: wrong }));
    await times(60, (n) => send(HOME, { phone: `1371234${1_000 + n}`, code: wrong }));
    expectProblem(await send(HOME, { phone: '13712349999', code: wrong }), 'too_many_guesses');
    expect((await send(HOME, {})).status).toBe(201);
    for (const n of [1, 2, 3]) await times(5, () => send(`203.0.113.${n}`, { phone: '13912345679', code: wrong }));
    expectProblem(await send('203.0.113.4', { phone: '13912345679', code: theirs }), 'sign_in_failed');
  });

  it('is not guessed at without an end from an address whose tries are used up', async () => {
    const street = await openStreet();
    const code = await registrationCode(street.api, NEW_PHONE);
    const wrong = code === '000000' ? '000001' : '000000';
    const send = (body: object) =>
      street.at(STRANGERS).from({}, 'post', '/v1/registrations', { ...told, phone: NEW_PHONE, consent: agreed, ...body });
    await times(60, (n) => send({ phone: `1371234${1_000 + n}`, code: wrong }));
    for (const _ of [1, 2, 3, 4, 5]) expectProblem(await send({ code: wrong }), 'too_many_guesses');
    expectProblem(await send({ code }), 'too_many_guesses');
  });

  it('needs the consent of somebody of 14 to the notice as it stands', async () => {
    const { api } = await openOffices();
    const code = await registrationCode(api, NEW_PHONE);
    const send = async (consented: object) =>
      (await api.http.post('/v1/registrations').send({ ...told, code, consent: consented })) as never as Awaited<
        ReturnType<Browser['get']>
      >;
    expectFields(await send({ notice_version: 1 }), '/consent/aged_14');
    expectFields(await send({ ...agreed, aged_14: false }), '/consent/aged_14');
    expectProblem(await send({ ...agreed, notice_version: 2 }), 'notice_outdated', { details: { notice_version: 1 } });
    const { body } = await api.http.get('/v1/privacy-notice');
    expect(body).toMatchObject({ version: 1, title: '个人信息处理告知书' });
    expect(body.paragraphs.join('')).toMatch(/收集什么.*为什么.*怎样保存.*更正.*注销.*监护人/s);
  });

  it('of a community that is not there is refused', async () => {
    const { api } = await openOffices();
    expectProblem(await registerThere(api, browserOf(api), { ...told, community_id: 'nowhere' }), 'community_not_found');
  });

  it('is bounded by the codes that one address asks for in a day; many may register at the hall of a community', async () => {
    const { api, world } = await openOffices();
    const askFor = (phone: string) => api.http.post('/v1/registrations/codes').send({ phone });
    for (let n = 0; n < 299; n++) {
      if (n % 90 === 89) world.clock.advance(10 * 60_000);
      expect((await askFor(`1381234${1_000 + n}`)).status).toBe(202);
    }
    expect((await registerThere(api, browserOf(api), told)).status).toBe(201);
    expect((await askFor('13812349999')).body).toMatchObject({ code: 'too_many_guesses' });
  });

  it('asks for codes within the limits of those to sign in', async () => {
    const { api } = await openOffices();
    const ask = async (path: string) => (await api.http.post(path).send({ phone: NEW_PHONE })).body as { code?: string };
    expect((await ask('/v1/registrations/codes')).code).toBeUndefined();
    expect((await ask('/v1/registrations/codes')).code).toBe('code_asked_too_often');
  });

  it('has five codes an hour sent to one phone from one address, and leaves some to whoever asks elsewhere', async () => {
    const { at, world } = await openStreet();
    const ask = async (address: string) => {
      world.clock.advance(61_000);
      return at(address).from({}, 'post', '/v1/registrations/codes', { phone: NEW_PHONE });
    };
    await times(5, async () => expect((await ask(STRANGERS)).status).toBe(202));
    expectProblem(await ask(STRANGERS), 'code_asked_too_often');
    expect((await ask(HOME)).status).toBe(202);
  });
});

describe('officers', () => {
  it('see who waits in their own community, newest first, in pages', async () => {
    const offices = await openOffices();
    const ids: string[] = [];
    for (const n of [1, 2, 3]) {
      const answer = await registerThere(offices.api, browserOf(offices.api), { ...told, name: `陈${n}`, phone: `1391234567${n}` });
      ids.unshift(answer.body['id'] as string);
    }
    const elsewhere = { ...told, phone: '13912345674', community_id: 'wanhe' };
    await registerThere(offices.api, browserOf(offices.api), elsewhere);
    const waiting = await listed(offices.gexiang, '/v1/registrations');
    expect(waiting.map((row) => row['resident_id'])).toEqual(ids);
    expect(waiting[0]).toMatchObject({
      community_id: 'gexiang',
      made_at: '2026-03-02T02:00:00.000Z',
      resident: { name: '陈3', phone: '139****5673', status: 'unconfirmed' },
    });
    expect(await listed(offices.street, '/v1/registrations?community_id=wanhe')).toHaveLength(1);
    expectFields(await offices.street.get('/v1/registrations'), 'query/community_id');
    expectProblem(await offices.gexiang.get('/v1/registrations?community_id=wanhe'), 'foreign_community');
    await offices.gexiang.post(`/v1/registrations/${ids[0]}/confirmation`, {});
    expect(await listed(offices.gexiang, '/v1/registrations')).toHaveLength(2);
  });

  it('find those who wait by an index', async () => {
    const { world } = await openOffices();
    const plans = await plansOf(world, () => registrationsPage(world.store, 'gexiang', { limit: 10, after: NOBODY }));
    expect(plans.flatMap(({ scans }) => scans)).toEqual([]);
    expect(plans.flatMap(({ uses }) => uses)).toEqual(['registration_waiting']);
  });

  it('decide once, of their own community, and nothing else by the way', async () => {
    const { gexiang, wanhe, street, id, world } = await registered();
    for (const stranger of [wanhe, street]) {
      expectProblem(await stranger.post(`/v1/registrations/${id}/confirmation`, {}), 'foreign_community');
      expectProblem(await stranger.post(`/v1/registrations/${id}/decline`, { reason: '不认识' }), 'foreign_community');
    }
    for (const of of [NOBODY, world.residentId])
      expectProblem(await gexiang.post(`/v1/registrations/${of}/confirmation`, {}), 'registration_not_found', {
        details: { resident_id: of },
      });
    const status = { status: 'active', reason: '直接启用' };
    expectProblem(await gexiang.put(`/v1/residents/${id}/status`, status), 'resident_unconfirmed');
    expect((await gexiang.post(`/v1/registrations/${id}/confirmation`, {})).status).toBe(200);
    const again = { details: { resident_id: id, status: 'active' } };
    expectProblem(await gexiang.post(`/v1/registrations/${id}/confirmation`, {}), 'registration_decided', again);
    expectProblem(await gexiang.post(`/v1/registrations/${id}/decline`, { reason: '不认识' }), 'registration_decided', again);
    const [row] = await world.store.read.select().from(world.store.tables.registration);
    expect(row).toMatchObject({ decidedBy: world.gexiang.id, decidedAt: world.clock.now });
  });

  it('decline with a reason: nobody is signed in any more, nothing is earned or spent, and the phone is free', async () => {
    const { gexiang, browser, id, api, world } = await registered();
    const { body } = await gexiang.post(`/v1/registrations/${id}/decline`, { reason: '不住在本社区' });
    expect(body).toEqual({ resident_id: id, status: 'declined', decided_at: '2026-03-02T02:00:00.000Z' });
    expect(await read(gexiang, `/v1/residents/${id}`)).toMatchObject({ status: 'declined', status_reason: '不住在本社区' });
    expectProblem(await browser.get('/v1/me'), 'unauthorized');
    const deed = { by: world.gexiang, ruleId: world.ruleId, residentId: id, quantity: 1, points: null, occurredOn: '2026-03-02' };
    const { grant } = await import('../../../src/communities/index.ts');
    await world.refused(grant, { ...deed, description: '清洁', externalReference: null, approvedBy: null }, 'resident_declined');
    expectProblem(await gexiang.put(`/v1/residents/${id}/status`, { status: 'active', reason: '恢复' }), 'resident_declined');
    expect(await listed(gexiang, '/v1/registrations')).toEqual([]);
    await made(gexiang, '/v1/residents', { name: '陈小明', phone: NEW_PHONE, ...consent });
    expect((await browserOf(api).signIn({ phone: NEW_PHONE, code: await codeFor(api, NEW_PHONE) })).body).not.toMatchObject({
      resident_id: id,
    });
  });

  it('are asked about a name that somebody has, until they say in words that it is somebody else', async () => {
    const { gexiang, id, world } = await registered({ name: '葛小米' });
    const path = `/v1/registrations/${id}/confirmation`;
    expectProblem(await gexiang.post(path, {}), 'same_person_question', { details: { resident_ids: [world.residentId] } });
    expect((await gexiang.post(path, { different_person: '住址不同，见过两人' })).status).toBe(200);
    expect(await world.store.read.select().from(world.store.tables.samePerson)).toMatchObject([
      {
        residentId: id,
        otherId: world.residentId,
        communityId: 'gexiang',
        why: 'name',
        same: 0,
        answer: '住址不同，见过两人',
        answeredBy: world.gexiang.id,
      },
    ]);
  });
});
