/** What can be proposed, as a body says it, as it is stored, and as a proposal shows it. */
import { z } from 'zod';
import type { ProposedAdjustment } from '../../clearing/index.ts';
import {
  type AppointOfficerInput,
  type GrantInput,
  type PolicyName,
  policyNames,
  policySchemas,
  type ProposedCredential,
  type ProposedLogin,
  type SetPolicyInput,
  type SetSuccessorInput,
} from '../../communities/index.ts';
import type { ProposedClawBack } from '../../redeem/index.ts';
import { described, scopesAsked } from './client-wire.ts';
import { deed, grantOf } from './grant-wire.ts';
import { loginName } from './sign-in-wire.ts';
import { communityId, count, day, fen, id, instant, points, reason, rfc3339OrNull, text, time } from '../http/wire.ts';

type ProposedGrant = Omit<GrantInput, 'by' | 'approvedBy'>;
type ProposedPolicy = Omit<SetPolicyInput, 'proposedBy' | 'approvedBy'>;

/** A command and its input as it is stored: without the officers. */
export type Proposed =
  | { readonly command: 'grant'; readonly input: ProposedGrant }
  | { readonly command: 'clawback'; readonly input: ProposedClawBack }
  | { readonly command: 'policy'; readonly input: ProposedPolicy }
  | { readonly command: 'officer'; readonly input: AppointOfficerInput }
  | { readonly command: 'credential'; readonly input: ProposedCredential }
  | { readonly command: 'login'; readonly input: ProposedLogin }
  | { readonly command: 'successor'; readonly input: SetSuccessorInput }
  | { readonly command: 'adjustment'; readonly input: ProposedAdjustment };

const effectiveFrom = instant.optional().meta({ description: 'Left out: as soon as it is approved.' });
const setting = (name: PolicyName) => z.strictObject({ name: z.literal(name), value: policySchemas[name], effective_from: effectiveFrom });
type Setting = ReturnType<typeof setting>;

const officer = z.strictObject({
  name: text(40),
  community_id: communityId.nullable().meta({ description: 'Whom the officer will act for; null: the street office.' }),
});

const wrongGrant = z.strictObject({
  grant_id: id('grt').meta({ description: "A grant of one's own community, however much of it is spent." }),
});

const succession = z.strictObject({
  community_id: communityId.meta({ description: 'The community that is succeeded.' }),
  successor_id: communityId.meta({ description: 'The community that succeeds it.' }),
  effective_from: day.meta({
    description: "The first business day whose redemptions are the successor's to bear and to pay; not before tomorrow.",
  }),
});

/** More communities than share in any voucher. */
const SHARES_MAX = 50;

const adjustment = z.strictObject({
  entry_id: id('ent').meta({
    description: 'The wrong entry: of a redemption or its reversal, or what an earlier adjustment has put in its place.',
  }),
  right: z
    .strictObject({
      merchant_id: id('mer').meta({ description: 'Who is to be paid.' }),
      shares: z
        .array(z.strictObject({ community_id: communityId.meta({ description: 'Who is to bear it.' }), fen }))
        .min(1)
        .max(SHARES_MAX),
    })
    .nullable()
    .meta({ description: 'What should have been booked; null: nothing.' }),
});

/** A command for a second officer to approve. */
export const proposalBody = z.discriminatedUnion('command', [
  z.strictObject({
    command: z.literal('grant'),
    input: deed.extend({ points: points.optional().meta({ description: "Of a commendation: the points, up to the rule's." }) }),
    reason,
  }),
  z.strictObject({
    command: z.literal('clawback'),
    input: wrongGrant,
    reason: reason.meta({ description: 'Why the grant was wrong.' }),
  }),
  z.strictObject({
    command: z.literal('policy'),
    input: z.discriminatedUnion('name', policyNames.map(setting) as [Setting, ...Setting[]]),
    reason,
  }),
  z.strictObject({ command: z.literal('officer'), input: officer, reason }),
  z.strictObject({ command: z.literal('credential'), input: z.strictObject({ officer_id: id('off'), ...described }), reason }),
  z.strictObject({ command: z.literal('login'), input: z.strictObject({ officer_id: id('off'), name: loginName }), reason }),
  z.strictObject({ command: z.literal('successor'), input: succession, reason }),
  z.strictObject({ command: z.literal('adjustment'), input: adjustment, reason }),
]);

/** The command's input as it is stored. */
export function proposedBy(body: z.output<typeof proposalBody>): Proposed {
  switch (body.command) {
    case 'grant':
      return { command: 'grant', input: grantOf(body.input, body.input.points ?? null) };
    case 'clawback':
      return { command: 'clawback', input: { grantId: body.input.grant_id } };
    case 'policy': {
      const { name, value, effective_from: from = null } = body.input;
      return { command: 'policy', input: { name, value, effectiveFrom: from } };
    }
    case 'officer':
      return { command: 'officer', input: { name: body.input.name, communityId: body.input.community_id } };
    case 'credential': {
      const { officer_id: officerId, name, scopes } = body.input;
      return { command: 'credential', input: { binding: { kind: 'officer', officerId }, name, scopes: scopesAsked(scopes) } };
    }
    case 'login':
      return { command: 'login', input: { officerId: body.input.officer_id, name: body.input.name } };
    case 'successor': {
      const { community_id, successor_id: successorId, effective_from: from } = body.input;
      return { command: 'successor', input: { communityId: community_id, successorId, effectiveFrom: from } };
    }
    case 'adjustment': {
      const { entry_id: entryId, right } = body.input;
      return { command: 'adjustment', input: { entryId, right: right && rightDue(right) } };
    }
  }
}

type RightOnWire = NonNullable<z.output<typeof adjustment>['right']>;

function rightDue({ merchant_id: merchantId, shares }: RightOnWire): NonNullable<ProposedAdjustment['right']> {
  return { merchantId, shares: shares.map(({ community_id, fen: share }) => ({ communityId: community_id, fen: share })) };
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
const clawBackInput = z.strictObject({ grant_id: id('grt') }).meta({ id: 'ProposedClawBack' });
const policyInput = z
  .strictObject({ name: z.enum(policyNames), value: z.record(z.string(), z.unknown()), effective_from: time.nullable() })
  .meta({ id: 'ProposedPolicy' });
const officerInput = z.strictObject({ name: z.string(), community_id: communityId.nullable() }).meta({ id: 'ProposedOfficer' });
const credentialInput = z
  .strictObject({ officer_id: id('off'), name: z.string(), scopes: z.array(z.string()).nullable() })
  .meta({ id: 'ProposedCredential' });
const loginInput = z.strictObject({ officer_id: id('off'), name: z.string() }).meta({ id: 'ProposedLogin' });

const successorInput = z
  .strictObject({ community_id: communityId, successor_id: communityId, effective_from: day })
  .meta({ id: 'ProposedSuccessor' });
const adjustmentInput = z
  .strictObject({
    entry_id: id('ent'),
    right: z
      .strictObject({ merchant_id: id('mer'), shares: z.array(z.strictObject({ community_id: communityId, fen: count })) })
      .nullable(),
  })
  .meta({ id: 'ProposedAdjustment' });

/** What is proposed, as a proposal shows it. */
export const proposedInput = z.union([
  grantInput,
  clawBackInput,
  policyInput,
  officerInput,
  credentialInput,
  loginInput,
  successorInput,
  adjustmentInput,
]);

/** Shows a stored input. */
export function presentInput({ command, input }: Proposed): z.output<typeof proposedInput> {
  switch (command) {
    case 'grant':
      return presentGrantInput(input);
    case 'clawback':
      return { grant_id: input.grantId };
    case 'policy':
      return { name: input.name, value: input.value as Record<string, unknown>, effective_from: rfc3339OrNull(input.effectiveFrom) };
    case 'officer':
      return { name: input.name, community_id: input.communityId };
    case 'credential':
      return { officer_id: input.binding.officerId, name: input.name, scopes: input.scopes && [...input.scopes] };
    case 'login':
      return { officer_id: input.officerId, name: input.name };
    case 'successor':
      return { community_id: input.communityId, successor_id: input.successorId, effective_from: input.effectiveFrom };
    case 'adjustment':
      return presentAdjustmentInput(input);
  }
}

function presentAdjustmentInput({ entryId, right }: ProposedAdjustment): z.output<typeof adjustmentInput> {
  const shares = right?.shares.map(({ communityId: community, fen: share }) => ({ community_id: community, fen: share })) ?? [];
  return { entry_id: entryId, right: right && { merchant_id: right.merchantId, shares } };
}

function presentGrantInput(input: ProposedGrant): z.output<typeof grantInput> {
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
