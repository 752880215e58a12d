import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { maskedSealed, type Secrets } from '../../access/index.ts';
import { correctResidentName, keyOfChange, type ResidentChange, residentChanges } from '../../communities/index.ts';
import { codecOf } from '../http/codec.ts';
import type { Deps } from '../deps.ts';
import { onWire } from '../http/names.ts';
import { nameFor, seenResident } from '../office.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { officerOf, requires, writes } from '../http/principal.ts';
import { id, properName, reason, time } from '../http/wire.ts';

const tags = ['residents'];
const params = z.strictObject({ id: id('res') });
const correcting = {
  tags,
  operationId: 'correctResidentName',
  summary: "Correct a resident's name",
  description: 'For an officer of the home community, with a reason. The name before is kept among the changes of the resident.',
  params,
  body: z.strictObject({ name: properName(40), reason }),
  response: { 200: z.strictObject({ id: id('res'), corrected_at: time }) },
};

const named = codecOf('nameCorrection', ['correctedAt', 'correctedBy', 'reason']);
const changedPhone = codecOf('phoneChange', ['id', 'changedAt', 'proposedBy', 'approvedBy', 'stoppedAt', 'stoppedBy'], {
  how: z.enum(['codes', 'counter']),
  closedUntil: 'The time until which it could be stopped and nothing was spent; null: the resident made it by both codes.',
});
const moved = codecOf('residentMove', ['movedAt', 'movedBy', 'reason'], {
  fromId: 'The former home community.',
  toId: 'The home community from then on.',
  how: z.enum(['code', 'counter']),
});
const kinds = ['move', 'name', 'phone'] as const;
const change = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('name'), former_name: z.string(), ...named.shape }),
    z.strictObject({
      kind: z.literal('phone'),
      former_phone: z.string().meta({ description: 'Masked: 138****5678.' }),
      ...changedPhone.shape,
    }),
    z.strictObject({ kind: z.literal('move'), ...moved.shape }),
  ])
  .meta({ id: 'ResidentChange' });
const listing = {
  tags,
  operationId: 'listResidentChanges',
  summary: "The changes of a resident's name, number and home, newest first",
  description: 'For an officer who asks how an entry of the register came about: who changed it, when, and why.',
  params,
  querystring: pageQuery(z.tuple([z.int(), z.enum(kinds)])),
  response: { 200: pageOf(change) },
};

/** The changes of a resident's entry in the register. */
export const residentChangesOf =
  ({ store, secrets, submit }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.put('/v1/residents/:id/name', { schema: correcting, config: writes('residents:write') }, async (request, reply) => {
      const input = { by: officerOf(request), id: request.params.id, ...request.body };
      return onWire(await submit(request, reply, correctResidentName, input));
    });

    app.get('/v1/residents/:id/changes', { schema: listing, config: requires('residents:read') }, async (request) => {
      const { limit, cursor } = request.query;
      const resident = await seenResident(store, request, request.params.id);
      const rows = await residentChanges(store, resident.id, { limit, after: cursor });
      return page(rows, limit, keyOfChange, (row) => presentChange(request, secrets, row));
    });
  };

function presentChange(request: FastifyRequest, secrets: Secrets, { kind, row }: ResidentChange): z.output<typeof change> {
  switch (kind) {
    case 'name':
      return { kind, former_name: nameFor(request, row.formerName), ...named.present(row) };
    case 'phone':
      return { kind, former_phone: maskedSealed(secrets, row.formerSealed), ...changedPhone.present(row) };
    case 'move':
      return { kind, ...moved.present(row) };
  }
}
