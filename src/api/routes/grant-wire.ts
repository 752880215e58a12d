/** How grants look on the wire. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { grantEntry, type GrantReply, type ListedDeed, residentsNamed, ruleNames } from '../../communities/index.ts';
import type { Row, View } from '../../store/index.ts';
import { officerName, officerNames, residentNameFor } from '../office.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { count, day, id, points, reference, text } from '../http/wire.ts';

const QUANTITY_MAX = 1_000;

const externalReference = reference(64).meta({
  description:
    "The community's own reference for the deed: it counts once, for ever. Upper and lower case and full width make no difference.",
});

/** A deed that points are granted for. */
export const deed = z.strictObject({
  action_rule_id: id('rul'),
  resident_id: id('res'),
  quantity: z.int().min(1).max(QUANTITY_MAX).default(1).meta({ description: 'Hours or events, by the rule.' }),
  occurred_on: day.meta({ description: 'The day of the deed.' }),
  description: text(200).meta({ description: 'A description of the deed.' }),
  external_reference: externalReference.optional(),
});
export type Deed = z.output<typeof deed>;

/** A deed in a batch. */
export const batchDeed = deed.extend({ external_reference: externalReference });

/** A deed in a list. */
export const listedDeed = batchDeed.extend({
  points: points.optional().meta({ description: 'For a commendation, which is at discretion; left out for all other grants.' }),
});

/** The most rows of a list that two officers approve as one. */
export const LIST_ROWS_MAX = 500;

/** A list of the longest texts. */
export const LIST_LIMIT_BYTES = 1_024 * 1_024;

/** The rows of a list in a body. */
export const listedDeeds = z.array(listedDeed).min(1).max(LIST_ROWS_MAX);

/** A deed of a list as the grant takes it. */
export function listedOf({ points: named, ...sent }: z.output<typeof listedDeed>): ListedDeed {
  return grantOf(sent, named ?? null);
}

/** A deed as it was proposed. */
export const proposedDeed = z.strictObject({
  action_rule_id: id('rul'),
  resident_id: id('res'),
  quantity: count,
  points: count.nullable(),
  occurred_on: day,
  description: z.string(),
  external_reference: z.string().nullable(),
});

export function presentDeed(proposed: ListedDeed): z.output<typeof proposedDeed> {
  return {
    action_rule_id: proposed.ruleId,
    resident_id: proposed.residentId,
    quantity: proposed.quantity,
    points: proposed.points,
    occurred_on: proposed.occurredOn,
    description: proposed.description,
    external_reference: proposed.externalReference,
  };
}

/** The input of a grant without the officers; `named` are the points of a commendation. */
export function grantOf(sent: Deed, named: number | null): ListedDeed {
  return {
    ruleId: sent.action_rule_id,
    residentId: sent.resident_id,
    quantity: sent.quantity,
    points: named,
    occurredOn: sent.occurred_on,
    description: sent.description,
    externalReference: sent.external_reference ?? null,
  };
}

const made = codecOf(
  'grant',
  [
    'id',
    'residentId',
    'ruleVersion',
    'quantity',
    'points',
    'occurredOn',
    'expiresOn',
    'description',
    'externalReference',
    'grantedAt',
    'grantedBy',
    'reversedAt',
  ],
  {
    communityId: 'The community that granted and bears the cost: the issuer.',
    remaining: 'Points of it that are still in the wallet.',
    approvedBy: 'The second officer, of a grant that was proposed.',
    clawedBackAt: 'The time at which two officers clawed it back.',
    reversalReason: 'The reason why it was reversed or clawed back.',
  },
);

/** A grant as it was made. */
export const granted = z.strictObject({ ...made.shape, action_rule_id: id('rul'), entry_id: id('ent') }).meta({ id: 'Granted' });

export const grant = granted
  .extend({
    resident_name: z.string().meta({ description: 'Masked if the resident belongs to another community.' }),
    action_rule_name: z.string().meta({ description: 'The name in the version that the grant used.' }),
    granted_by_name: officerName,
    approved_by_name: officerName,
  })
  .meta({ id: 'Grant' });

/** A grant as it was made by one officer. */
export function presentGranted(reply: GrantReply, sent: Deed, officerId: string): z.output<typeof granted> {
  return {
    ...onWire(reply),
    quantity: sent.quantity,
    remaining: reply.points,
    description: sent.description,
    external_reference: sent.external_reference ?? null,
    granted_by: officerId,
    approved_by: null,
    reversed_at: null,
    clawed_back_at: null,
    reversal_reason: null,
  };
}

/** Presents grants as they stand, with the names of residents as far as the caller may know them. */
export async function grantsPresenter(store: View, request: FastifyRequest, rows: readonly Row<'grant'>[]) {
  const residents = await residentsNamed(
    store,
    rows.map(({ residentId }) => residentId),
  );
  const ruleName = await ruleNames(
    store,
    rows.map(({ ruleId }) => ruleId),
  );
  const nameOf = await officerNames(
    request,
    store,
    rows.flatMap(({ grantedBy, approvedBy }) => [grantedBy, approvedBy]),
  );
  return (row: Row<'grant'>): z.output<typeof grant> => ({
    ...presentGrant(row),
    resident_name: residentNameFor(request, residents.get(row.residentId)!),
    action_rule_name: ruleName(row.ruleId, row.ruleVersion),
    granted_by_name: nameOf(row.grantedBy),
    approved_by_name: nameOf(row.approvedBy),
  });
}

function presentGrant(row: Row<'grant'>): z.output<typeof granted> {
  return { ...made.present(row), action_rule_id: row.ruleId, entry_id: grantEntry(row.id) };
}
