import { type Acting, actsFor } from '../access/index.ts';
import {
  afterWorkingHours,
  type Call,
  type Command,
  type Decision,
  type Facts,
  isRefusal,
  type Known,
  one,
  put,
  type Row,
  type Want,
} from '../ledger/index.ts';
import { blanked, blankedMentions, idOf } from '../store/index.ts';
import { type Acknowledged, type Approval, type Drawn, type Matter, sealed } from './matter.ts';
import { naming } from './people/blanking.ts';
import { isErased } from './people/standing.ts';
import { areTwoPeople, wantTwoPeople } from './people/two-people.ts';
import { policyAt, wantPolicies } from './policies.ts';
import { refuse } from './refusals.ts';

/** The matters that can be proposed; `N` are their names. */
type Matters<N extends string> = readonly Matter<N, object, object>[];

export type ProposeInput<N extends string> = {
  readonly by: Acting;
  readonly command: N;
  /** The input that the matter stores. */
  readonly input: object;
  readonly reason: string;
};

type ProposalReply<N extends string> = { id: string; command: N; proposed_at: number; lapses_at: number };

/** The commands that propose one of these matters, and approve it. */
export function proposalCommands<N extends string>(matters: Matters<N>): ProposalCommands<N> {
  return { propose: proposeOf(matters), approveProposal: approvalOf(matters) };
}

export type ProposalCommands<N extends string> = {
  /** Proposes a command for a second officer of the same community, or of the street, to approve. */
  readonly propose: Command<ProposeInput<N>, ProposalReply<N>>;
  /** Approves a proposal and carries out its command, all in one. If the command is refused, the proposal stays open. */
  readonly approveProposal: Command<ApproveProposalInput, ApprovalReply<N>>;
};

/** The matter with this name. Throws if there is none: proposals are stored only under names of matters. */
function matterNamed<N extends string>(matters: Matters<N>, name: string): Matter<N, object, object> {
  const found = matters.find((each) => each.name === name);
  if (!found) throw new Error(`no matter ${name}`);
  return found;
}

function proposeOf<N extends string>(matters: Matters<N>): ProposalCommands<N>['propose'] {
  return {
    name: 'propose',
    load: (input, known) => loadPropose(matters, input, known),
    decide: (facts, input, call) => decidePropose(matters, facts, input, call),
  };
}

function loadPropose<N extends string>(matters: Matters<N>, { by, command, input }: ProposeInput<N>, known: Known): readonly Want[] {
  const named = matterNamed(matters, command);
  const people = peopleIn(named, known, input);
  return [
    ...wantPolicies('proposal_validity', 'calendar'),
    ...named.wantProposed(input, by, known),
    ...people.map((id) => one('resident', id)),
  ];
}

function decidePropose<N extends string>(
  matters: Matters<N>,
  facts: Facts,
  input: ProposeInput<N>,
  { id: commandId, at }: Call,
): Decision<ProposalReply<N>> {
  const { office, concerns, proposed, people } = matterNamed(matters, input.command);
  if (office === 'street' && input.by.communityId !== null) return refuse('street_only');
  if (office === 'community' && input.by.communityId === null) return refuse('community_only');
  const stored = proposed(facts, input.input, { by: input.by, at });
  if (isRefusal(stored)) return stored;
  const { hours } = policyAt(facts, 'proposal_validity', at);
  const lapsesAt = afterWorkingHours(at, hours, policyAt(facts, 'calendar', at));
  const reply = { id: idOf('pro', commandId), command: input.command, proposed_at: at, lapses_at: lapsesAt };
  const row = { ...proposalMade({ ...input, input: stored }, reply), residentId: concerns(facts, stored) };
  const listed = [...new Set(people(stored))].map((residentId) => put('proposalPerson', { residentId, proposalId: reply.id }));
  return { rows: [put('proposal', withoutErased(facts, row, people(stored))), ...listed], reply };
}

/** The resident whom a matter concerns, and those who stand in it beside others. */
function peopleIn(matter: Matter<string, object, object>, known: Pick<Known, 'get'>, stored: object): string[] {
  return [...new Set([matter.concerns(known, stored) ?? [], ...matter.people(stored)].flat())];
}

/** A new proposal without the words about people who were erased: they are no longer named, and nothing is emptied any more. Their ids stay in its input. */
function withoutErased(facts: Facts, row: Row<'proposal'>, listed: readonly string[]): Row<'proposal'> {
  const gone = (id: string) => isGone(facts, id);
  if (row.residentId !== null && gone(row.residentId)) return { ...row, input: blanked('proposal', row).input, residentId: null };
  return [...new Set(listed)]
    .filter(gone)
    .reduce((told, id) => blankedMentions('proposal', told, id, naming([facts.get('resident', id)!.name])), row);
}

/** Whether a resident was erased by now. */
function isGone(facts: Facts, residentId: string): boolean {
  const resident = facts.get('resident', residentId);
  return resident !== undefined && isErased(resident);
}

/** The row of a new proposal, before any decision. */
function proposalMade<N extends string>(
  { by, command, input, reason }: ProposeInput<N>,
  { id, proposed_at: proposedAt, lapses_at: lapsesAt }: ProposalReply<N>,
): Row<'proposal'> {
  return {
    id,
    command,
    input: JSON.stringify(input),
    communityId: by.communityId,
    reason,
    proposedBy: by.id,
    proposedAt,
    lapsesAt,
    ...undecided,
    version: 0,
    residentId: null,
  };
}

const undecided = { status: 'open', decidedBy: null, decidedAt: null, decisionReason: null, result: null } as const;

/** A proposal as it was when it was made: a replay shows it so after it was decided, too. */
export function asProposed(row: Row<'proposal'>): Row<'proposal'> {
  return { ...row, ...undecided };
}

type DecideProposalInput = { readonly by: Acting; readonly id: string; readonly reason: string | null };

type ApproveProposalInput = DecideProposalInput &
  Drawn & {
    /** For a list; left out or null for every other matter. */
    readonly acknowledged?: Acknowledged | null;
  };

type ApprovalReply<N extends string> = {
  id: string;
  command: N;
  status: 'approved';
  decided_at: number;
  /** The command's reply; for a credential with its sealed secret, for a login with its sealed password. */
  result: object;
};

function approvalOf<N extends string>(matters: Matters<N>): ProposalCommands<N>['approveProposal'] {
  return {
    name: 'approve-proposal',
    load: (input, known, at) => loadApproval(matters, input, known, at),
    decide: (facts, input, call) => decideApproval(matters, facts, input, call),
  };
}

function loadApproval<N extends string>(
  matters: Matters<N>,
  { by, id, ...added }: ApproveProposalInput,
  known: Known,
  at: number,
): readonly Want[] {
  const proposal = known.get('proposal', id);
  if (!proposal) return [one('proposal', id)];
  return [
    one('proposal', id),
    ...wantConcernedIn(proposal),
    ...wantTwoPeople([proposal.proposedBy, by.id], known),
    ...matterNamed(matters, proposal.command).load(proposal, approvalBy(by, proposal, added), known, at),
  ];
}

function decideApproval<N extends string>(
  matters: Matters<N>,
  facts: Facts,
  { by, id, reason, ...added }: ApproveProposalInput,
  call: Call,
): Decision<ApprovalReply<N>> {
  const proposal = openProposal(facts, by, id, call);
  if ('refused' in proposal) return proposal;
  if (!areTwoPeople(facts, [proposal.proposedBy, by.id])) return refuse('same_officer', { proposal_id: id });
  const { name, decide } = matterNamed(matters, proposal.command);
  const decision = decide(facts, proposal, approvalBy(by, proposal, added), call);
  if (isRefusal(decision)) return decision;
  const row = decided(facts, proposal, 'approved', by, reason, call);
  return {
    ...decision,
    rows: [...(decision.rows ?? []), put('proposal', { ...row, result: JSON.stringify(withoutSealed(decision.reply)) })],
    reply: { id, command: name, status: 'approved', decided_at: call.at, result: decision.reply },
  };
}

type DeclineProposalReply = { id: string; status: 'declined'; decided_at: number };

/** Declines a proposal; the officer who proposed it withdraws it in this way. */
export const declineProposal: Command<DecideProposalInput, DeclineProposalReply> = {
  name: 'decline-proposal',
  load: loadDeclineProposal,
  decide: decideDeclineProposal,
};

function loadDeclineProposal({ id }: DecideProposalInput, known: Known): readonly Want[] {
  const proposal = known.get('proposal', id);
  return [one('proposal', id), ...(proposal ? wantConcernedIn(proposal) : [])];
}

/** The resident whom a proposal concerns: `decided` needs the row. */
function wantConcernedIn({ residentId }: Row<'proposal'>): Want[] {
  return residentId === null ? [] : [one('resident', residentId)];
}

function decideDeclineProposal(facts: Facts, { by, id, reason }: DecideProposalInput, call: Call): Decision<DeclineProposalReply> {
  const proposal = openProposal(facts, by, id, call);
  if ('refused' in proposal) return proposal;
  return {
    rows: [put('proposal', decided(facts, proposal, 'declined', by, reason, call))],
    reply: { id, status: 'declined', decided_at: call.at },
  };
}

function openProposal(facts: Facts, by: Acting, id: string, { at }: Call) {
  const proposal = facts.get('proposal', id);
  if (!proposal || !sameOffice(by, proposal)) return refuse('proposal_not_found', { proposal_id: id });
  if (proposal.status !== 'open') return refuse('proposal_decided', { status: proposal.status, decided_at: proposal.decidedAt! });
  if (at >= proposal.lapsesAt) return refuse('proposal_lapsed', { lapsed_at: proposal.lapsesAt });
  return proposal;
}

function sameOffice(by: Acting, { communityId }: Row<'proposal'>): boolean {
  return communityId === null ? by.communityId === null : actsFor(by, communityId);
}

type Added = Omit<ApproveProposalInput, keyof DecideProposalInput>;

function approvalBy(by: Acting, { id, proposedBy, communityId, reason }: Row<'proposal'>, added: Added): Approval {
  const told = { ...added, acknowledged: added.acknowledged ?? null, proposalId: id, reason };
  return { ...told, proposedBy: { id: proposedBy, communityId }, approvedBy: by.id };
}

function withoutSealed(reply: object): object {
  const kept = new Set<string>(sealed);
  return Object.fromEntries(Object.entries(reply).filter(([name]) => !kept.has(name)));
}

function decided(
  facts: Facts,
  proposal: Row<'proposal'>,
  status: string,
  by: Acting,
  reason: string | null,
  { at }: Call,
): Row<'proposal'> {
  const { residentId } = proposal;
  // Nothing is written about somebody who has left meanwhile.
  const gone = residentId !== null && isGone(facts, residentId);
  return { ...proposal, status, decidedBy: by.id, decidedAt: at, decisionReason: gone && reason !== null ? '' : reason };
}
