import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { maskedPhone } from '../../access/index.ts';
import { type OwnRow, ownData, residentById } from '../../communities/index.ts';
import type { View } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { requires, residentOf } from '../http/principal.ts';
import { sendPieces } from '../http/streams.ts';
import { id, rfc3339, time } from '../http/wire.ts';
import { ownDataWords } from './own-data-words.ts';

const row = z.record(z.string(), z.unknown());
const named = z.record(z.string(), z.string());
const reading = {
  tags: ['me'],
  operationId: 'getMyData',
  summary: 'Everything that is held about me',
  description:
    'For a resident who wants to see it or take it away: every row with their id, by the names of its columns; without secrets, and without the ids of other residents. `words` says in Chinese what they are called. The answer is streamed.',
  response: {
    200: z.strictObject({
      resident_id: id('res'),
      made_at: time,
      phone: z.string().meta({ description: 'Masked.' }),
      words: z
        .strictObject({ tables: named, columns: named, values: named })
        .meta({ description: 'The Chinese names of the tables, the columns and the fixed words in them.' }),
      tables: z.array(z.strictObject({ table: z.string(), rows: z.array(row) })),
    }),
  },
};

/** The data of a resident, for the resident alone. */
export const residentData =
  ({ store, secrets, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/v1/me/data', { schema: reading, config: requires('me:read') }, async (request, reply) => {
      const residentId = residentOf(request);
      const { phoneSealed } = (await residentById(store, residentId))!;
      const phone = maskedPhone(secrets.open(phoneSealed));
      const head = { resident_id: residentId, made_at: rfc3339(clock()), phone, words: ownDataWords };
      reply.header('cache-control', 'no-store');
      return sendPieces(reply, 'application/json; charset=utf-8', written(store, head));
    });
  };

async function* written(view: View, head: { readonly resident_id: string }): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"tables":[`;
  let table = '';
  for await (const found of ownData(view, head.resident_id)) {
    const begins = `${table === '' ? '' : ']},'}{"table":${JSON.stringify(found.table)},"rows":[`;
    yield (found.table === table ? ',' : begins) + JSON.stringify(presented(found));
    table = found.table;
  }
  yield table === '' ? ']}' : ']}]}';
}

function presented({ values }: OwnRow): Record<string, unknown> {
  return Object.fromEntries(
    [...values].map(([{ name, kind }, value]) => [name, kind === 'instant' && typeof value === 'number' ? rfc3339(value) : value]),
  );
}
