/** How proposals look on the wire, and what became of them. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AdjustReply } from '../../clearing/index.ts';
import type { ClientReply, OfficersLoginReply } from '../../access/index.ts';
import { type GrantReply, type PolicyName, policyNames, proposalStatus, proposalStatuses } from '../../communities/index.ts';
import type { ClawBackReply } from '../../redeem/index.ts';
import type { Row, View } from '../../store/index.ts';
import { officerName, officerNames } from '../office.ts';
import type { ProposableName } from '../proposables.ts';
import { namesInProposals } from './proposed-names.ts';
import { presentInput, type Proposed, proposedInput } from './proposed-wire.ts';
import { temporaryPassword } from './sign-in-wire.ts';
import { communityId, count, day, id, rfc3339, rfc3339OrNull, time } from '../http/wire.ts';

const grantResult = z.strictObject({ grant_id: id('grt'), points: count, entry_id: id('ent') }).meta({ id: 'ApprovedGrant' });
const clawBackResult = z
  .strictObject({
    grant_id: id('grt'),
    points: count,
    voucher_ids: z.array(id('vch')).meta({ description: 'The open vouchers that held points of it: they ended with it.' }),
    clawed_back_at: time,
    entry_id: id('ent'),
  })
  .meta({ id: 'ApprovedClawBack' });
const policyResult = z
  .strictObject({ name: z.enum(policyNames), policy_version: count, effective_from: time })
  .meta({ id: 'ApprovedPolicy' });
const officerResult = z.strictObject({ officer_id: id('off'), community_id: communityId.nullable() }).meta({ id: 'ApprovedOfficer' });
const credentialResult = z.strictObject({ client_id: id('cli'), scopes: z.array(z.string()) }).meta({ id: 'ApprovedCredential' });
const loginResult = z
  .strictObject({
    login_id: id('lgn'),
    officer_id: id('off'),
    temporary_password: temporaryPassword.optional().meta({
      description: "Shown in the approval's answer and its replays only: hand it to the officer whose it is, who sets another one at once.",
    }),
  })
  .meta({ id: 'ApprovedLogin' });
const successorResult = z
  .strictObject({ community_id: communityId, successor_id: communityId, effective_from: day })
  .meta({ id: 'ApprovedSuccessor' });
const adjustmentResult = z
  .strictObject({
    adjustment_id: id('adj'),
    entry_id: id('ent'),
    mirror_id: id('ent').meta({ description: 'The mirror of the wrong entry.' }),
    right_id: id('ent').nullable().meta({ description: 'The right entry; null: nothing should have been booked.' }),
    business_day: day.meta({ description: 'The run that settles this day settles the adjustment.' }),
    adjusted_at: time,
  })
  .meta({ id: 'ApprovedAdjustment' });

export const result = z.union([
  grantResult,
  clawBackResult,
  policyResult,
  officerResult,
  credentialResult,
  loginResult,
  successorResult,
  adjustmentResult,
]);
export const proposal = z
  .strictObject({
    id: id('pro'),
    command: z.enum(['grant', 'clawback', 'policy', 'officer', 'credential', 'login', 'successor', 'adjustment']),
    community_id: communityId.nullable().meta({ description: 'Whose officers decide; null: the street office.' }),
    input: proposedInput,
    reason: z.string(),
    names: z.record(z.string(), z.string()).meta({
      description:
        'Of the residents, rules, officers and merchants that the input names, by id; of a grant, whose it is. Residents of another community are masked.',
    }),
    proposed_by: id('off'),
    proposed_by_name: officerName,
    proposed_at: time,
    lapses_at: time.meta({ description: 'When it is too late to approve it.' }),
    status: z.enum(proposalStatuses),
    decided_by: id('off').nullable(),
    decided_by_name: officerName,
    decided_at: time.nullable(),
    decision_reason: z.string().nullable(),
    result: result.nullable().meta({ description: 'What the command made, once it is approved.' }),
  })
  .meta({ id: 'Proposal' });

/** Presents proposals as they stand at `at`, with the names behind the ids. */
export async function proposalsPresenter(view: View, request: FastifyRequest, rows: readonly Row<'proposal'>[], at: number) {
  const nameOf = await officerNames(
    request,
    view,
    rows.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy]),
  );
  const namesOf = await namesInProposals(request, view, rows.map(proposedIn));
  return (row: Row<'proposal'>): z.output<typeof proposal> => ({
    ...presentProposal(row, at),
    names: namesOf(proposedIn(row)),
    proposed_by_name: nameOf(row.proposedBy),
    decided_by_name: nameOf(row.decidedBy),
  });
}

function proposedIn({ command, input }: Row<'proposal'>): Proposed {
  return { command, input: JSON.parse(input) } as Proposed;
}

function presentProposal(row: Row<'proposal'>, at: number) {
  const proposed = proposedIn(row);
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
    result: row.result === null ? null : presentResult(proposed.command, JSON.parse(row.result) as object),
  };
}

type PolicyReply = { readonly name: PolicyName; readonly policy_version: number; readonly effective_from: number };
type SuccessorReply = { readonly community_id: string; readonly successor_id: string; readonly effective_from: string };
type OfficerReply = { readonly id: string; readonly community_id: string | null };

/** What the approved command replied, but for a secret. */
export function presentResult(command: ProposableName, reply: object): z.output<typeof result> {
  switch (command) {
    case 'grant': {
      const { id: grantId, points, entry_id } = reply as GrantReply;
      return { grant_id: grantId, points, entry_id };
    }
    case 'clawback': {
      const { clawed_back_at: at, ...made } = reply as ClawBackReply;
      return { ...made, clawed_back_at: rfc3339(at) };
    }
    case 'policy': {
      const { name, policy_version, effective_from } = reply as PolicyReply;
      return { name, policy_version, effective_from: rfc3339(effective_from) };
    }
    case 'officer': {
      const { id: officerId, community_id } = reply as OfficerReply;
      return { officer_id: officerId, community_id };
    }
    case 'credential': {
      const { id: clientId, scopes } = reply as ClientReply;
      return { client_id: clientId, scopes: [...scopes] };
    }
    case 'login': {
      const { id: loginId, officer_id } = reply as OfficersLoginReply;
      return { login_id: loginId, officer_id };
    }
    case 'successor': {
      const { community_id, successor_id, effective_from } = reply as SuccessorReply;
      return { community_id, successor_id, effective_from };
    }
    case 'adjustment': {
      const { id: adjustmentId, adjusted_at, ...made } = reply as AdjustReply;
      return { adjustment_id: adjustmentId, ...made, adjusted_at: rfc3339(adjusted_at) };
    }
  }
}
