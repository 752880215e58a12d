/** The offices over HTTP: two officers of Gexiang, one of Wanhe, two of the street, and a machine of Gexiang. */
import { expect } from 'vitest';
import { put } from '../../src/ledger/index.ts';
import { catalogue } from '../../src/api/catalogue.ts';
import { type Answer, type Caller, type Counter, openCounter } from './counter.ts';
import { book } from './scheme.ts';
import { officerOf } from './two-officers.ts';

/** Of the resident that the small world has. */
export const PHONE = '13800005678';

export type Offices = Counter & {
  readonly gexiang: Caller;
  readonly colleague: Caller;
  readonly wanhe: Caller;
  readonly secondOfStreet: Caller;
  readonly machine: Caller;
};

export async function openOffices(): Promise<Offices> {
  const counter = await openCounter();
  const { world, as, officer, wanheOfficer } = counter;
  await sealPhone(counter);
  return {
    ...counter,
    gexiang: officer,
    wanhe: wanheOfficer,
    colleague: await as({ kind: 'officer', officerId: (await officerOf(world, 'gexiang')).id }),
    secondOfStreet: await as({ kind: 'officer', officerId: (await officerOf(world, null)).id }),
    machine: await as({ kind: 'machine', communityId: 'gexiang' }),
  };
}

/** The small world knows no secrets: here its resident gets a phone that the service can open. */
async function sealPhone({ world, api: { keys } }: Counter): Promise<void> {
  const { resident } = world.store.tables;
  const [row] = await world.store.read.select().from(resident);
  const phone = { phoneHash: keys.secrets.hash('phone', PHONE), phoneSealed: keys.secrets.seal(PHONE) };
  const known = put('residentPhone', { hash: phone.phoneHash, residentId: row!.id, heldUntil: null, heardAt: null, version: 0 });
  await world.run(book, { rows: [put('resident', { ...row!, ...phone }), known] });
}

/** What was made: a 201 whose Location leads to it. */
export async function made(caller: Caller, path: string, body: object): Promise<Record<string, any>> {
  const answer = await caller.post(path, body);
  expect(answer.status, answer.text).toBe(201);
  const found = await caller.get(answer.headers['location']!);
  expect(found.status, answer.headers['location']).toBe(200);
  return answer.body;
}

/** What two officers of the street do: the answer to the second, who approves. */
export async function approvedByTwo({ street, secondOfStreet }: Offices, command: string, input: object, key?: string): Promise<Answer> {
  const { id } = await made(street, '/v1/proposals', { command, input, reason: '两人同意' });
  const answer = await secondOfStreet.post(`/v1/proposals/${id}/approval`, {}, key);
  expect(answer.status, answer.text).toBe(200);
  return answer;
}

/** The body of a success. */
export async function read(caller: Caller, path: string): Promise<Record<string, any>> {
  const answer = await caller.get(path);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

/** The rows of a list, read in pages of `limit`. */
export async function listed(caller: Caller, path: string, limit = 2): Promise<Record<string, any>[]> {
  const items: Record<string, any>[] = [];
  const join = path.includes('?') ? '&' : '?';
  for (let cursor = ''; ;) {
    const body = await read(caller, `${path}${join}limit=${limit}${cursor}`);
    items.push(...body['items']);
    expect(body['items'].length).toBeLessThanOrEqual(limit);
    if (body['next_cursor'] === null) return items;
    cursor = `&cursor=${body['next_cursor']}`;
  }
}

/** Holds that an answer is this problem, whole and with its figures told. */
export function expectProblem(answer: Answer, code: keyof typeof catalogue, more: object = {}): void {
  const { status, title, retryable, action, cashierMessage } = catalogue[code];
  expect(answer.body, answer.text).toMatchObject({ code, status, ...more });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ type: `/problems/${code}`, title, retryable, action, cashier_message: cashierMessage });
  expect(answer.body['request_id']).toBe(answer.headers['x-request-id']);
  expect(answer.body['detail']).not.toMatch(/undefined|null|\[object/);
}

/** Holds that a problem names these fields, and no others. */
export function expectFields(answer: Answer, ...pointers: string[]): void {
  expectProblem(answer, 'validation_failed');
  expect(answer.body['errors'].map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
}
