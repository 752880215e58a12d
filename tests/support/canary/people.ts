/** All that is written about somebody as a person: registered in every way, corrected, moved, living with others, and with other numbers. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Answer, Caller } from '../counter.ts';
import { type Browser, browserOf, codeFor } from '../people.ts';
import { codesSent, HOUR, pairOfCodes } from '../phones.ts';
import { rawOf } from '../raw.ts';
import { registerThere } from '../self-registering.ts';
import { CHILDS, CREDENTIAL_NAME, DECLINED, FIRST, FORMER, FORMER_NAME, LISTED, NAME, NUMBER, TEXT } from './marks.ts';
import { decided, sendFile, type Stage, tellPhones } from './stage.ts';

/** Those who bear the marks, and the browser in which the first of them is signed in. */
export type Marked = {
  readonly residentId: string;
  readonly childId: string;
  readonly listedId: string;
  readonly declinedId: string;
  readonly phone: Browser;
};

export async function succeeds(answered: Promise<Answer>): Promise<Record<string, any>> {
  const { status, body, text } = await answered;
  expect(status, text).toBeLessThan(300);
  return body;
}

/** One by oneself in Wanhe, a child by an officer, one by a file, and one who is declined. */
export async function registered(stage: Stage): Promise<Marked> {
  const { api, write, gexiang, wanhe, world } = stage;
  const phone = browserOf(api);
  const own = { name: FORMER_NAME, phone: FIRST, community_id: 'wanhe' };
  const { id: residentId } = await succeeds(registerThere(api, phone, own));
  const signed = { how: 'paper', paper_number: '2026-1', under_14: true, guardian: NAME };
  const child = { name: FORMER_NAME, phone: CHILDS, consent: signed, different_person: TEXT };
  const { id: childId } = await write(wanhe, '/v1/residents', child);
  await write(wanhe, `/v1/registrations/${residentId}/confirmation`, { different_person: TEXT });
  const raw = await rawOf(world);
  await raw.exec(`delete from consent where resident_id = ${raw.id(childId)}`);
  await write(wanhe, `/v1/residents/${childId}/consents`, { how: 'counter', guardian: NAME, under_14: true });
  const { id: declinedId } = await succeeds(registerThere(api, browserOf(api), { name: NAME, phone: DECLINED, community_id: 'gexiang' }));
  await write(gexiang, `/v1/registrations/${declinedId}/decline`, { reason: TEXT });
  return { residentId, childId, listedId: await fromFile(stage), declinedId, phone };
}

async function fromFile(stage: Stage): Promise<string> {
  const { gexiang } = stage;
  const lines = ['姓名,手机号,纸质同意书编号,监护人,同名说明', `${NAME},${LISTED},2026-9,${NAME},${TEXT}`];
  const file = lines.join('\r\n');
  await sendFile(stage, gexiang, '/v1/resident-lists/trial', file, {});
  const sums = { 'idempotency-key': 'canary-file', 'x-content-sha256': createHash('sha256').update(file).digest('hex') };
  const { body } = await sendFile(stage, gexiang, '/v1/resident-lists', file, sums);
  const [line] = body['lines'] as { resident_id: string }[];
  return line!.resident_id;
}

/** The codes that an officer has sent. */
async function codesOf({ api, write }: Stage, officer: Caller, path: string) {
  return codesSent(api, async () => {
    await write(officer, path);
    return { status: 202 } as Answer;
  });
}

/** An officer corrects the name; Gexiang becomes the home, by a code and at a counter; and the account is closed for a while. */
export async function changed(stage: Stage, residentId: string): Promise<void> {
  const { write, gexiang, wanhe } = stage;
  const path = `/v1/residents/${residentId}`;
  await write(wanhe, `${path}/name`, { name: NAME, reason: TEXT });
  await write(gexiang, `${path}/moves`, { how: 'counter', reason: TEXT });
  const { move: code } = await codesOf(stage, wanhe, `${path}/move-codes`);
  await write(wanhe, `${path}/moves`, { how: 'code', code });
  await write(gexiang, `${path}/moves`, { how: 'counter', reason: TEXT });
  for (const status of ['suspended', 'active']) await write(gexiang, `${path}/status`, { status, reason: TEXT });
  const { id: clientId } = await write(gexiang, '/v1/clients', { name: CREDENTIAL_NAME, kind: 'resident', resident_id: residentId });
  await write(gexiang, `/v1/clients/${clientId}/rotation`);
  await write(gexiang, `/v1/clients/${clientId}/revocation`);
  for (const sought of [{ name: NAME }, { phone: FIRST }, { phone_end: FIRST.slice(-4) }])
    await write(gexiang, '/v1/residents/lookup', sought);
}

/** A neighbour signs in with the same device, and an officer says that it is another person. A session on another device is ended. */
export async function askedAbout({ write, gexiang, world, api }: Stage, residentId: string, phone: Browser, neighbourPhone: string) {
  for (const number of [neighbourPhone, FIRST])
    await succeeds(phone.signIn({ phone: number, code: await codeFor(api, number), name: NAME }));
  const other = browserOf(api);
  world.clock.advance(61_000);
  const { id } = await succeeds(other.signIn({ phone: FIRST, code: await codeFor(api, FIRST), name: NAME }));
  await succeeds(other.post(`/v1/sessions/${id}/revocation`, {}));
  const [later, earlier] = [residentId, world.residentId].toSorted().toReversed();
  await write(gexiang, `/v1/same-person-questions/${later}/${earlier}`, { same: false, answer: TEXT });
}

/** Households at a counter, and on the own phone. */
export async function together({ write, gexiang, resident, world }: Stage, { residentId, listedId, phone }: Marked): Promise<void> {
  const reason = TEXT;
  const { id } = await write(gexiang, '/v1/households', { resident_id: residentId, reason });
  const path = `/v1/households/${id}`;
  await write(gexiang, `${path}/members`, { resident_id: listedId, reason });
  await write(gexiang, `${path}/members`, { resident_id: world.residentId, reason: '户口本' });
  await write(gexiang, `${path}/hand-over`, { resident_id: listedId, reason });
  await write(gexiang, `${path}/hand-over`, { resident_id: residentId, reason });
  await write(gexiang, `/v1/residents/${world.residentId}/household/leaving`, { reason: '分家' });
  await write(gexiang, `/v1/residents/${listedId}/household/leaving`, { reason });
  await write(gexiang, `${path}/ending`, { reason });

  await succeeds(phone.post('/v1/me/household', {}));
  const { code } = await succeeds(phone.post('/v1/me/household/codes', {}));
  await write(resident, '/v1/me/household/joining', { code });
  await succeeds(phone.post('/v1/me/household/hand-over', { resident_id: world.residentId }));
  await succeeds(phone.post('/v1/me/household/leaving', {}));
  await write(resident, '/v1/me/household/ending', {});
}

/** The number is changed by both codes; at a counter, which is stopped; and at a counter again, where the former one is held. */
export async function withOtherNumbers(stage: Stage, { residentId, phone }: Marked): Promise<void> {
  const { api, write, world, gexiang, colleague, wanhe } = stage;
  const { 'change-from': code, 'change-to': newCode } = await pairOfCodes(stage, phone, FORMER);
  await succeeds(phone.put('/v1/me/phone', { phone: FORMER, code, new_code: newCode }));
  const replace = () => decided(stage, [gexiang, colleague], 'phone', { resident_id: residentId, phone: NUMBER }, { reason: TEXT });
  await replace();
  const { id } = await write(wanhe, '/v1/phone-changes/lookup', { phone: FORMER });
  const { 'stop-change': stop } = await codesOf(stage, wanhe, `/v1/phone-changes/${id}/codes`);
  await write(wanhe, `/v1/phone-changes/${id}/stop`, { code: stop });
  await replace();
  await tellPhones(stage);
  world.clock.advance(72 * HOUR);
  await succeeds(phone.signIn({ phone: NUMBER, code: await codeFor(api, NUMBER), name: NAME }));
}

/** The person is said to be an officer, which the officer confirms. */
export async function asOfficer(stage: Stage, residentId: string): Promise<void> {
  const { street, secondOfStreet, as, write } = stage;
  // An officer's name is that of somebody who works here, and stays.
  const input = { name: '王三', community_id: 'wanhe', resident_id: residentId };
  const { result } = await decided(stage, [street, secondOfStreet], 'officer', input, { reason: TEXT });
  const officerId = result['officer_id'] as string;
  await decided(stage, [street, secondOfStreet], 'officer_person', { officer_id: officerId, resident_id: residentId }, { reason: TEXT });
  await write(await as({ kind: 'officer', officerId }), '/v1/officers/me/person', { resident_id: residentId });
}
