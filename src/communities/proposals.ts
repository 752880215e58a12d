import { type Acting, actsFor } from '../access/index.ts';
import {
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
import { blanked, idOf } from '../store/index.ts';
import { type Approval, type Drawn, type Matter, sealed } from './matter.ts';
import { policyAt, wantPolicies } from './policies.ts';
import { refuse } from './refusals.ts';

const HOUR = 3_600_000;

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

function loadPropose<N extends string>(matters: Matters<N>, { command, input }: ProposeInput<N>, known: Known): readonly Want[] {
  const { wantConcerned, concerns } = matterNamed(matters, command);
  const residentId = concerns(known, input);
  return [...wantPolicies('proposal_validity'), ...wantConcerned(input), ...(residentId === null ? [] : [one('resident', residentId)])];
}

function decidePropose<N extends string>(
  matters: Matters<N>,
  facts: Facts,
  input: ProposeInput<N>,
  { id: commandId, at }: Call,
): Decision<ProposalReply<N>> {
  const { office, concerns } = matterNamed(matters, input.command);
  if (office === 'street' && input.by.communityId !== null) return refuse('street_only');
  if (office === 'community' && input.by.communityId === null) return refuse('community_only');
  const lapsesAt = at + policyAt(facts, 'proposal_validity', at).hours * HOUR;
  const reply = { id: idOf('pro', commandId), command: input.command, proposed_at: at, lapses_at: lapsesAt };
  const concerned = concerns(facts, input.input);
  // A person who was erased is no longer named, and nothing about them is emptied any more: the matter goes on by the ids in its input.
  const gone = concerned !== null && facts.get('resident', concerned)?.status === 'ended';
  const made = proposalMade(input, reply);
  const row = gone ? { ...made, input: blanked('proposal', made).input } : { ...made, residentId: concerned };
  return { rows: [put('proposal', row)], reply };
}

/** The row of a new proposal, before any decision. */
export function proposalMade<N extends string>(
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
    status: 'open',
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    result: null,
    version: 0,
    residentId: null,
  };
}

type DecideProposalInput = { readonly by: Acting; readonly id: string; readonly reason: string | null };

type ApproveProposalInput = DecideProposalInput & Drawn;

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
  { by, id, ...drawn }: ApproveProposalInput,
  known: Known,
  at: number,
): readonly Want[] {
  const proposal = known.get('proposal', id);
  if (!proposal) return [one('proposal', id)];
  return [
    one('proposal', id),
    ...wantConcernedIn(proposal),
    ...matterNamed(matters, proposal.command).load(proposal, approvalBy(by, proposal, drawn), known, at),
  ];
}

function decideApproval<N extends string>(
  matters: Matters<N>,
  facts: Facts,
  { by, id, reason, ...drawn }: ApproveProposalInput,
  call: Call,
): Decision<ApprovalReply<N>> {
  const proposal = openProposal(facts, by, id, call);
  if ('refused' in proposal) return proposal;
  if (proposal.proposedBy === by.id) return refuse('same_officer', { proposal_id: id });
  const { name, decide } = matterNamed(matters, proposal.command);
  const decision = decide(facts, proposal, approvalBy(by, proposal, drawn), call);
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

function approvalBy(by: Acting, { proposedBy, communityId, reason }: Row<'proposal'>, drawn: Drawn): Approval {
  return { ...drawn, proposedBy: { id: proposedBy, communityId }, approvedBy: by.id, reason };
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
  const gone = residentId !== null && facts.get('resident', residentId)?.status === 'ended';
  return { ...proposal, status, decidedBy: by.id, decidedAt: at, decisionReason: gone && reason !== null ? '' : reason };
}
