import { createHash } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Acting, keepsRegisterOf } from '../../access/index.ts';
import { communityById, registeredAs, registerResident, type RegisterResidentInput } from '../../communities/index.ts';
import { type Decision, isRefusal, trialOf } from '../../ledger/index.ts';
import type { Deps } from '../deps.ts';
import { inTurns, requestKey } from '../http/commands.ts';
import { fieldError } from '../http/field-codes.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { communityId } from '../http/wire.ts';
import { communityMeant } from '../office.ts';
import { finalOf } from './batch-items.ts';
import { type ListRow, rowsOfList } from './resident-list-file.ts';
import { CHECKSUM, checksummed, consentHows, countsOf, type Line, lineOf, listAnswer, type Listed, readRow } from './resident-list-wire.ts';

const BODY_LIMIT_BYTES = 4 * 1_024 * 1_024;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Rows of a trial that are decided before others have their turn. */
const ROWS_AT_ONCE = 32;

const tags = ['residents'];
const file = z.string().meta({
  description:
    'A table with the columns 姓名 and 手机号, and, as far as there are such, 纸质同意书编号, 监护人 (for children under 14) and 同名说明; others are passed over. Up to 2,000 rows and 4 MiB; as CSV in UTF-8, UTF-16 or GB18030, or as a workbook (.xlsx), which is known by its first bytes.',
  examples: [`${['姓名', '手机号', '纸质同意书编号'].join(',')}\r\n${['王秀英', '13800001234', '2026-0017'].join(',')}\r\n`],
});
const body = {
  content: {
    'text/csv': { schema: file },
    [XLSX]: { schema: file },
  },
};
const querystring = z.strictObject({
  community_id: communityId.optional().meta({ description: "The home community; default: the officer's own." }),
  consent_how: z.enum(consentHows).default('paper').meta({
    description:
      'How everybody in the list consented. With `paper`, each row has the number of its signed sheet; `counter` says that the officer took each consent in person.',
  }),
});
const trying = {
  tags,
  operationId: 'tryResidentList',
  summary: 'Try a list of people: what would become of each line',
  description:
    'For an officer who admits many people at once. It decides every line and writes nothing; the file is not kept. Sent again, it decides anew: the answer holds only at this moment. It needs no Idempotency-Key.',
  querystring,
  body,
  response: { 200: listAnswer },
};
const registering = {
  tags,
  operationId: 'registerResidentList',
  summary: 'Register the people of a list that was tried',
  description:
    'It takes the file of the trial, with its SHA-256. Each line is an attempt of its own, under the key of the list and the line; lines with a fault, a taken phone or a question are left out, and may be sent again once they are corrected. The same file sent again registers nobody twice.',
  querystring,
  headers: checksummed,
  body,
  response: { 200: listAnswer },
};

/** Lists of people whom an officer registers in one go. */
export const residentLists =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { paces, clock } = deps;
    takeFiles(app);

    const trial = {
      schema: trying,
      config: requires('residents:write', 'list_tried_too_often', 'community_not_found', 'unavailable'),
      bodyLimit: BODY_LIMIT_BYTES,
    };
    app.post('/v1/resident-lists/trial', trial, async (request) => {
      const list = await listIn(deps, request, request.query);
      // A trial tells of many phones whether they are registered.
      paces.lists.take(request.principal.clientId, clock());
      return answerOf(list, await tried(deps, request, list));
    });

    const route = { schema: registering, config: writes('residents:write'), bodyLimit: BODY_LIMIT_BYTES };
    app.post('/v1/resident-lists', route, async (request) => {
      const batchKey = requestKey(request);
      assertTried(request);
      const list = await listIn(deps, request, request.query);
      return answerOf(list, await registered(deps, request, list, batchKey));
    });
  };

/** Lets the routes of this plugin, and no others, take files: their bytes are read once they are complete. */
function takeFiles(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['text/csv', XLSX], { parseAs: 'buffer' }, (request, content: Buffer, done) => {
    request.rawBody = content;
    done(null, content.toString('latin1'));
  });
}

function sha256Of({ rawBody }: FastifyRequest): string {
  return createHash('sha256').update(rawBody).digest('hex');
}

function assertTried(request: FastifyRequest): void {
  const sha256 = sha256Of(request);
  if (String(request.headers[CHECKSUM]).toLowerCase() === sha256) return;
  throw new Problem('checksum_mismatch', { errors: [fieldError(`header/${CHECKSUM}`, 'not_the_checksum')], details: { sha256 } });
}

type Query = z.output<typeof querystring>;

/** A row of the list: answered already, or a person whom a command is to register. */
type Read = { readonly row: ListRow } & ({ readonly line: Line } | { readonly person: Listed });

type List = {
  readonly by: Acting;
  readonly communityId: string;
  readonly how: Query['consent_how'];
  readonly sha256: string;
  readonly rows: readonly Read[];
};

async function listIn(
  { store, readWorkbook }: Deps,
  request: FastifyRequest,
  { community_id: named, consent_how: how }: Query,
): Promise<List> {
  const by = officerOf(request);
  const home = communityMeant(request, named, 'query/community_id');
  if (!(await communityById(store, home))) throw new Problem('community_not_found', { details: { community_id: home } });
  if (!keepsRegisterOf(by, home)) throw new Problem('foreign_community', { details: { community_id: home } });
  const lineOfPhone = new Map<string, number>();
  const rows = (await rowsOfList(request.rawBody, readWorkbook)).map((row): Read => {
    const person = readRow(row, how);
    if (!('phone' in person)) return { row, line: lineOf(row, undefined, 'faulty', { errors: [...person] }) };
    const earlier = lineOfPhone.get(person.phone);
    if (earlier !== undefined) return { row, line: lineOf(row, person, 'twice_in_file', { earlier_line: earlier }) };
    lineOfPhone.set(person.phone, row.line);
    return { row, person };
  });
  return { by, communityId: home, how, sha256: sha256Of(request), rows };
}

function answerOf({ communityId: home, sha256 }: List, lines: Line[]): z.output<typeof listAnswer> {
  return { community_id: home, sha256, counts: countsOf(lines), lines };
}

function inputOf({ secrets }: Deps, { by, communityId: home, how }: List, person: Listed, phoneSealed: string): RegisterResidentInput {
  const consent = { how, paperNumber: person.paper_number ?? null, guardian: person.guardian ?? null };
  const told = { communityId: home, name: person.name, phoneHash: secrets.hash('phone', person.phone), phoneSealed };
  return { by, ...told, consent, differentPerson: person.different_person ?? null };
}

type Registering = Decision<{ id: string }>;

/** Decides every row as it would be decided now. */
async function tried(deps: Deps, request: FastifyRequest, list: List): Promise<Line[]> {
  const { store, clock } = deps;
  const trial = trialOf(store, registerResident, { client: request.principal.clientId, actor: list.by.id, at: clock() });
  const lines: Line[] = [];
  /** The lines whose decisions have the numbers 1, 2, 3 … as ids. */
  const asked: number[] = [];
  for (let from = 0; from < list.rows.length; from += ROWS_AT_ONCE) {
    if (from > 0) await othersFirst();
    const turn = list.rows.slice(from, from + ROWS_AT_ONCE);
    const people = turn.filter((read) => 'person' in read);
    asked.push(...people.map(({ row }) => row.line));
    const decisions = [...(await trial.decide(people.map(({ person }) => inputOf(deps, list, person, ''))))];
    for (const read of turn) lines.push('line' in read ? read.line : await lineFor(deps, list, read, decisions.shift()!, asked));
  }
  return lines;
}

/** Registers the rows, each under a key of its own. A row that could not be decided ends the request: the same one sent again goes on. */
async function registered(deps: Deps, request: FastifyRequest, list: List, batchKey: string): Promise<Line[]> {
  const { secrets, submitItem } = deps;
  return inTurns(list.rows, async (read) => {
    if ('line' in read) return read.line;
    const sent = { ...read.person, community_id: list.communityId, consent_how: list.how };
    // No key that a caller may send contains `#`. The hash is keyed, since the request is kept for ever.
    const key = `${batchKey}#${secrets.hash('request', `resident list\n${JSON.stringify(sent)}`)}`;
    const input = inputOf(deps, list, read.person, secrets.seal(read.person.phone));
    const made = finalOf(await submitItem(request, { key, sent, schema: z.unknown() }, registerResident, input));
    return made instanceof Problem
      ? lineFor(deps, list, read, { refused: made.code, details: made.details }, [])
      : lineOf(read.row, read.person, 'registered', { resident_id: made.reply.id });
  });
}

/** The answer to a row by its decision. `asked` are the lines that were tried: those who are not registered have their places as ids. */
async function lineFor(
  { store, secrets }: Deps,
  list: List,
  { row, person }: Extract<Read, { readonly person: Listed }>,
  decision: Registering,
  asked: readonly number[],
): Promise<Line> {
  if (!isRefusal(decision)) return lineOf(row, person, 'would_register');
  const { refused, details } = decision;
  if (refused === 'phone_taken') {
    const known = await registeredAs(store, secrets.hash('phone', person.phone), { communityId: list.communityId, name: person.name });
    return known ? lineOf(row, person, 'already_registered', { resident_id: known }) : lineOf(row, person, 'phone_taken');
  }
  if (refused !== 'same_person_question') throw new Error(`a row of a list was refused: ${refused}`);
  const ids = details['resident_ids'] as readonly string[];
  const lines = ids.flatMap((of) => lineTried(of, asked) ?? []);
  return lineOf(row, person, 'same_person_question', {
    same_name_ids: ids.filter((of) => lineTried(of, asked) === undefined),
    same_name_lines: lines,
  });
}

/** The line of somebody who is registered in the trial only; undefined: a resident. */
function lineTried(residentId: string, asked: readonly number[]): number | undefined {
  const digits = residentId.slice('res_'.length);
  return /^0{20}/.test(digits) ? asked[Number.parseInt(digits, 16) - 1] : undefined;
}
