/** How proposals look on the wire: what is proposed, and what became of it. */
import { z } from 'zod';
import {
  type GrantInput,
  type GrantReply,
  type PolicyName,
  policyNames,
  policySchemas,
  proposalStatus,
  proposalStatuses,
  type SetPolicyInput,
} from '../communities/index.ts';
import type { Row } from '../store/index.ts';
import { deed, grantOf } from './grant-wire.ts';
import { communityId, count, day, id, instant, points, rfc3339, rfc3339OrNull, text, time } from './wire.ts';

type ProposedGrant = Omit<GrantInput, 'by' | 'approvedBy'>;
type ProposedPolicy = Omit<SetPolicyInput, 'proposedBy' | 'approvedBy'>;
type Proposed =
  | { readonly command: 'grant'; readonly input: ProposedGrant }
  | { readonly command: 'policy'; readonly input: ProposedPolicy };

const reason = text(200).meta({ description: 'Why.' });
const effectiveFrom = instant.optional().meta({ description: 'Left out: as soon as it is approved.' });
const setting = (name: PolicyName) => z.strictObject({ name: z.literal(name), value: policySchemas[name], effective_from: effectiveFrom });
type Setting = ReturnType<typeof setting>;

/** A command for a second officer to approve. */
export const proposalBody = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('grant'),
    input: deed.extend({ points: points.optional().meta({ description: "Of a commendation: the points, up to the rule's." }) }),
    reason,
  }),
  z.strictObject({
    command: z.literal('policy'),
    input: z.discriminatedUnion('name', policyNames.map(setting) as [Setting, ...Setting[]]),
    reason,
  }),
]);

/** The command's input as it is stored. */
export function proposedBy(body: z.output<typeof proposalBody>): Proposed {
  if (body.command === 'grant') return { command: 'grant', input: grantOf(body.input, body.input.points ?? null) };
  const { name, value, effective_from: from = null } = body.input;
  return { command: 'policy', input: { name, value, effectiveFrom: from } };
}

const grantInput = z
  .strictObject({
    action_rule_id: id('rul'),
    resident_id: id('res'),
    quantity: count,
    points: count.nullable(),
    occurred_on: day,
    description: z.string(),
    external_reference: z.string().nullable(),
  })
  .meta({ id: 'ProposedGrant' });
const policyInput = z
  .strictObject({ name: z.enum(policyNames), value: z.record(z.string(), z.unknown()), effective_from: time.nullable() })
  .meta({ id: 'ProposedPolicy' });
const grantResult = z.strictObject({ grant_id: id('grt'), points: count, entry_id: id('ent') }).meta({ id: 'ApprovedGrant' });
const policyResult = z
  .strictObject({ name: z.enum(policyNames), policy_version: count, effective_from: time })
  .meta({ id: 'ApprovedPolicy' });

export const result = z.union([grantResult, policyResult]);
export const proposal = z
  .strictObject({
    id: id('pro'),
    command: z.enum(['grant', 'policy']),
    community_id: communityId.nullable().meta({ description: 'Whose officers decide; null: the street office.' }),
    input: z.union([grantInput, policyInput]),
    reason: z.string(),
    proposed_by: id('off'),
    proposed_at: time,
    lapses_at: time.meta({ description: 'When it is too late to approve it.' }),
    status: z.enum(proposalStatuses),
    decided_by: id('off').nullable(),
    decided_at: time.nullable(),
    decision_reason: z.string().nullable(),
    result: result.nullable().meta({ description: 'What the command made, once it is approved.' }),
  })
  .meta({ id: 'Proposal' });

/** A proposal as it stands at `at`. */
export function presentProposal(row: Row<'proposal'>, at: number): z.output<typeof proposal> {
  const proposed = { command: row.command, input: JSON.parse(row.input) } as Proposed;
  return {
    id: row.id,
    command: proposed.command,
    community_id: row.communityId,
    input: presentInput(proposed),
    reason: row.reason,
    proposed_by: row.proposedBy,
    proposed_at: rfc3339(row.proposedAt),
    lapses_at: rfc3339(row.lapsesAt),
    status: proposalStatus(row, at),
    decided_by: row.decidedBy,
    decided_at: rfc3339OrNull(row.decidedAt),
    decision_reason: row.decisionReason,
    result: row.result === null ? null : presentResult(JSON.parse(row.result) as object),
  };
}

export function presentInput({ command, input }: Proposed): z.output<typeof grantInput> | z.output<typeof policyInput> {
  if (command === 'policy') {
    return { name: input.name, value: input.value as Record<string, unknown>, effective_from: rfc3339OrNull(input.effectiveFrom) };
  }
  return {
    action_rule_id: input.ruleId,
    resident_id: input.residentId,
    quantity: input.quantity,
    points: input.points,
    occurred_on: input.occurredOn,
    description: input.description,
    external_reference: input.externalReference,
  };
}

type PolicyReply = { readonly name: PolicyName; readonly policy_version: number; readonly effective_from: number };

/** What the approved command replied. */
export function presentResult(reply: object): z.output<typeof result> {
  if (!('policy_version' in reply)) {
    const { id: grantId, points: granted, entry_id } = reply as GrantReply;
    return { grant_id: grantId, points: granted, entry_id };
  }
  const { name, policy_version, effective_from } = reply as PolicyReply;
  return { name, policy_version, effective_from: rfc3339(effective_from) };
}
