/** Proposals as version 0.1 stored them, one of each matter (tests/fixtures/proposals.json): they are shown and decided as they were then. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addActionRule, proposalById } from '../../../src/communities/index.ts';
import { put, type Row } from '../../../src/ledger/index.ts';
import { openCommunities } from '../../support/communities.ts';
import { openOffices, read } from '../../support/offices.ts';
import { book } from '../../support/scheme.ts';
import { hourlyRule, type World } from '../../support/world.ts';

type Stored = Omit<Row<'proposal'>, 'version'>;
type Fixture = {
  /** The ids that stood for what the proposals name, and for the officers. */
  readonly ids: Readonly<Record<string, string>>;
  /** Each as its row was once it was approved, and as `GET` showed it. */
  readonly proposals: readonly { readonly stored: Stored; readonly shown: Readonly<Record<string, unknown>> }[];
};

const text = readFileSync(join(import.meta.dirname, '../../fixtures/proposals.json'), 'utf8');
const { ids: recorded, proposals: all } = JSON.parse(text) as Fixture;

const undecided = { status: 'open', decidedBy: null, decidedAt: null, decisionReason: null, result: null };
const shownUndecided = { status: 'open', decided_by: null, decided_by_name: null, decided_at: null, decision_reason: null, result: null };

/** The scheme that the fixture was recorded in, on 3 March: what its proposals name is there, under ids of its own. */
async function openRecorded() {
  const offices = await openOffices();
  const { world } = offices;
  const scheme = await openCommunities(['gexiang', 'wanhe'], world);
  const { entry_id: entry } = await scheme.spend('gexiang', 'wanhe');
  scheme.goOnTo('2026-03-03');
  await scheme.settle('2026-03-02');
  const terms = { ...hourlyRule, name: '见义勇为', per: 'event' as const, points: 500 };
  const { id: rule } = await world.must(addActionRule, { by: world.gexiang, communityId: 'gexiang', class: 'commendation', terms });
  const grant = await world.grantHours(world.gexiang, world.residentId, 1);
  const merchant = scheme.of('gexiang').merchantId;
  const named = { resident: world.residentId, rule, grant, entry, merchant, officer: world.gexiang.id };
  const ids: Record<string, string> = { ...named, ...(await colleaguesIn(world)) };
  const here = (told: string) => Object.entries(recorded).reduce((said, [name, id]) => said.replaceAll(id, ids[name]!), told);
  return { ...offices, ids, here: <T>(value: T): T => JSON.parse(here(JSON.stringify(value))) as T };
}

/** The officers of the offices, as they were appointed. */
async function colleaguesIn({ store: { read: db, tables } }: World) {
  const officers = (await db.select().from(tables.officer)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const called = (office: string | null) => officers.filter(({ communityId, name }) => communityId === office && name === '李二');
  const [clerk, secondClerk] = called(null);
  const [colleague] = called('gexiang');
  return { colleague: colleague!.id, clerk: clerk!.id, secondClerk: secondClerk!.id };
}

/** A value with each id that is none of these as its kind alone: what an approval makes gets an id of its own. */
function kindsOf<T>(value: T, known: Readonly<Record<string, string>>): T {
  const told = JSON.stringify(value).replaceAll(/\b([a-z]{3})_[0-9a-f]{32}\b/g, (id, kind) =>
    Object.values(known).includes(id) ? id : kind,
  );
  return JSON.parse(told) as T;
}

/** The id of another proposal of the same matter. */
const another = (id: string, digit: 'd' | 'e') => `${id.slice(0, -1)}${digit}`;

it('a stored proposal of each matter is shown, declined and approved as it was', async () => {
  const scheme = await openRecorded();
  const { body } = await scheme.api.http.get('/openapi.json');
  const matters: string[] = body.components.schemas.Proposal.properties.command.enum;
  expect(matters).toEqual(expect.arrayContaining(all.map(({ stored }) => stored.command)));
  for (const each of scheme.here(all)) await decided(scheme, each);
});

async function decided(scheme: Awaited<ReturnType<typeof openRecorded>>, { stored, shown }: Fixture['proposals'][number]): Promise<void> {
  const { world, ids, gexiang, colleague, street, secondOfStreet } = scheme;
  const { command } = stored;
  const [first, second] = stored.communityId === null ? [street, secondOfStreet] : [gexiang, colleague];
  const [declined, approved] = [another(stored.id, 'd'), another(stored.id, 'e')];
  const opened = [declined, approved].map((id) => ({ ...stored, ...undecided, id, version: 0 }));
  await world.run(book, { rows: [{ ...stored, version: 0 }, ...opened].map((row) => put('proposal', { ...row, residentId: null })) });

  expect(await read(first, `/v1/proposals/${stored.id}`)).toEqual(shown);
  for (const id of [declined, approved]) {
    expect(await read(first, `/v1/proposals/${id}`)).toEqual({ ...shown, ...shownUndecided, id });
  }

  expect((await second.post(`/v1/proposals/${declined}/decline`, { reason: '不符' })).status).toBe(200);
  expect(await read(first, `/v1/proposals/${declined}`)).toMatchObject({ status: 'declined', input: shown['input'], result: null });

  const answer = await second.post(`/v1/proposals/${approved}/approval`, { reason: '情况属实' });
  expect(answer.status, answer.text).toBe(200);
  const { result, client_secret: secret } = answer.body;
  const { temporary_password: password, ...lasting } = result;
  expect([secret !== undefined, password !== undefined]).toEqual([command === 'credential', command === 'login']);
  expect(kindsOf(lasting, ids)).toEqual(kindsOf(shown['result'], ids));
  expect(kindsOf(await read(first, `/v1/proposals/${approved}`), ids)).toEqual(kindsOf(shown, ids));
  const row = (await proposalById(world.store, approved))!;
  expect(row.input).toBe(stored.input);
  expect(kindsOf(row.result, ids)).toBe(kindsOf(stored.result, ids));
}
