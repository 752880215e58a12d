import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { maskedName, maskedPhone, type Secrets } from '../../access/index.ts';
import { blankText, emptiable, exportList, listExportsPage, residentsForList, residentsListed } from '../../communities/index.ts';
import { type Row, type View, writeOrder } from '../../store/index.ts';
import { csvLines } from '../../text/index.ts';
import type { Deps } from '../deps.ts';
import { codecOf } from '../http/codec.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { sendPieces } from '../http/streams.ts';
import { communityId, id, reason, rfc3339, text } from '../http/wire.ts';
import { communityAsked, officerName, officerNames } from '../office.ts';
import { Problem } from '../http/problem.ts';

const tags = ['list exports'];
const shown = codecOf('listExport', ['id', 'officerId', 'communityId', 'rows', 'at'], {
  what: z.enum(['residents']),
  reason: 'Why names and numbers were wanted in full; null: they were masked.',
});
const listExport = z.strictObject({ ...shown.shape, officer_name: officerName }).meta({ id: 'ListExport' });

/** So long after a list was noted its request may be sent again: whoever lost the answer asks at once. */
const REPEATED_WITHIN_MS = 10 * 60_000;
const mayExport = { ...writes('residents:write'), mayRefuse: ['community_only', 'foreign_community', 'list_taken_before'] } as const;
const mayBlank = { ...writes('residents:write'), mayRefuse: ['street_only', 'text_not_found'] } as const;
const exporting = {
  tags,
  operationId: 'exportList',
  summary: "Take a list of one's own community out of the service, as CSV",
  description:
    'For an officer who needs the residents in a spreadsheet. Names and phones are masked, unless a reason is given. The service keeps who took which list, when and why. Sent again under its key within ten minutes, it gives the list as it is then, and notes nothing further; later it is refused (`list_taken_before`).',
  body: z.strictObject({
    what: z.enum(['residents']),
    reason: reason.optional().meta({ description: 'Why names and phones are needed in full.' }),
  }),
  response: {
    200: {
      description: 'The list: UTF-8 with a byte order mark; text that a spreadsheet would treat as a formula has an apostrophe in front.',
      content: { 'text/csv': { schema: z.string() } },
    },
  },
};
const listing = {
  tags,
  operationId: 'listListExports',
  summary: 'The lists that officers took out of the service',
  description:
    'For an officer of the community or the street office who looks who has taken what, newest first. Each community has its own lists; the street office has those of all, or of the one that it names.',
  querystring: pageQuery(id('exp')).extend({ community_id: communityId.optional() }),
  response: { 200: pageOf(listExport) },
};
const tablesWithTexts = writeOrder.filter((table) => emptiable(table).length > 0);
const columnsWithTexts = [...new Set(tablesWithTexts.flatMap((table) => emptiable(table).map(({ name }) => name)))].toSorted();
const blanking = {
  tags: ['erasures'],
  operationId: 'blankText',
  summary: 'Empty a text that names somebody',
  description:
    'For an officer of the street office, for texts that `callmi find NAME` has found. The table, the key and the column are those of its output. It cannot be undone.',
  body: z.strictObject({
    table: z.enum(tablesWithTexts),
    key: z
      .array(text(200))
      .min(1)
      .max(4)
      .meta({ examples: [['mer_0199c2a4e1f07c3d8a5b6c7d8e9f0a1b']], description: 'Each part of the key, in order.' }),
    column: z.enum(columnsWithTexts),
  }),
  response: { 200: z.strictObject({ table: z.string(), key: z.string(), column: z.string() }) },
};

/** Lists that leave the service, and texts that are emptied by hand. */
export const listExports =
  ({ store, secrets, submit, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post('/v1/list-exports', { schema: exporting, config: mayExport }, async (request, reply) => {
      const by = officerOf(request);
      if (by.communityId === null) throw new Problem('community_only');
      const { what, reason: why = null } = request.body;
      const rows = await residentsListed(store, by.communityId);
      const made = await submit(request, reply, exportList, { by, communityId: by.communityId, what, reason: why, rows });
      if (clock() - made.at > REPEATED_WITHIN_MS) {
        // It is not the first answer again.
        reply.removeHeader('idempotency-replayed');
        throw new Problem('list_taken_before', { details: { taken_at: made.at } });
      }
      reply.header('cache-control', 'no-store').header('content-disposition', `attachment; filename="${what}-${made.community_id}.csv"`);
      return sendPieces(reply, 'text/csv; charset=utf-8', residentsCsv(store, secrets, made));
    });

    app.get('/v1/list-exports', { schema: listing, config: requires('residents:read') }, async (request) => {
      const { limit, cursor, community_id: named } = request.query;
      const rows = await listExportsPage(store, communityAsked(request, named), { limit, after: cursor });
      const nameOf = await officerNames(
        request,
        store,
        rows.map(({ officerId }) => officerId),
      );
      return page(
        rows,
        limit,
        (row) => row.id,
        (row) => ({ ...shown.present(row), officer_name: nameOf(row.officerId) }),
      );
    });

    app.post('/v1/blanked-texts', { schema: blanking, config: mayBlank }, async (request, reply) =>
      submit(request, reply, blankText, { by: officerOf(request), ...request.body }),
    );
  };

type Made = { readonly community_id: string; readonly in_full: boolean };

async function* residentsCsv(view: View, secrets: Secrets, { community_id: home, in_full: inFull }: Made): AsyncGenerator<string> {
  yield csvLines([['id', 'name', 'phone', 'status', 'registered_at']], true);
  for await (const rows of residentsForList(view, home)) yield csvLines(rows.map((row) => cellsOf(row, secrets, inFull)));
}

function cellsOf(
  { id: residentId, name, phoneSealed, status, registeredAt }: Row<'resident'>,
  secrets: Secrets,
  inFull: boolean,
): string[] {
  const phone = secrets.open(phoneSealed);
  return [residentId, inFull ? name : maskedName(name), inFull ? phone : maskedPhone(phone), status, rfc3339(registeredAt)];
}
