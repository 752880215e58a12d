import { idOf } from '../store/index.ts';
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
import {
  type Acting,
  actsFor,
  createClient,
  type CreateClientInput,
  type FreshPassword,
  type FreshSecret,
  giveOfficerLogin,
  type OfficersLoginInput,
} from '../access/index.ts';
import { grant, type GrantInput } from './grants.ts';
import { appointOfficer, type AppointOfficerInput } from './officers.ts';
import { policyAt, setPolicy, type SetPolicyInput, wantPolicies } from './policies.ts';
import { refuse } from './refusals.ts';
import { setSuccessor, type SetSuccessorInput } from './succession.ts';

const HOUR = 3_600_000;

/** What an approval adds to a stored input. */
export type Approval = {
  readonly proposedBy: Acting;
  readonly approvedBy: string;
  /** Why it was proposed. */
  readonly reason: string;
  /** For a credential; drawn for every approval, as nothing can be drawn while a command is decided. */
  readonly secret: FreshSecret;
  /** For a login; drawn for its approval only, as it takes long to hash. */
  readonly password?: FreshPassword | undefined;
};

/** A command that takes two officers: whose matter it is, and how its stored input becomes the command's own once the second officer is known. */
export type Proposable = {
  readonly office: 'community' | 'street';
  readonly command: Command<never, object>;
  readonly complete: (input: never, approval: Approval) => unknown;
};

/** A credential of an officer who is there, the first one or another. */
export type ProposedCredential = Pick<CreateClientInput, 'name' | 'scopes'> & {
  readonly binding: Extract<CreateClientInput['binding'], { kind: 'officer' }>;
};

/** A login of an officer who is there, or a new password for the one that the officer has. */
export type ProposedLogin = Pick<OfficersLoginInput, 'officerId' | 'name'>;

/** What of this folder can be proposed, by name. The stored input is what the first officer said; both officers are added when it is approved. */
export const communityProposables = {
  grant: {
    office: 'community',
    command: grant,
    complete: (input: Omit<GrantInput, 'by' | 'approvedBy'>, { proposedBy, approvedBy }: Approval): GrantInput => ({
      ...input,
      by: proposedBy,
      approvedBy,
    }),
  },
  policy: {
    office: 'street',
    command: setPolicy,
    complete: (input: Omit<SetPolicyInput, 'proposedBy' | 'approvedBy'>, { proposedBy, approvedBy }: Approval): SetPolicyInput => ({
      ...input,
      proposedBy: proposedBy.id,
      approvedBy,
    }),
  },
  officer: {
    office: 'street',
    command: appointOfficer,
    complete: (input: AppointOfficerInput): AppointOfficerInput => input,
  },
  credential: {
    office: 'street',
    command: createClient,
    complete: (input: ProposedCredential, { proposedBy, approvedBy, secret }: Approval): CreateClientInput => ({
      ...input,
      ...secret,
      by: proposedBy,
      approvedBy,
    }),
  },
  login: {
    office: 'street',
    command: giveOfficerLogin,
    complete: (input: ProposedLogin, { proposedBy, password }: Approval): OfficersLoginInput => ({
      ...input,
      ...password!,
      temporary: true,
      by: proposedBy,
    }),
  },
  successor: {
    office: 'street',
    command: setSuccessor,
    complete: (input: SetSuccessorInput): SetSuccessorInput => input,
  },
} satisfies Record<string, Proposable>;

type Proposables = Readonly<Record<string, Proposable>>;

export type ProposeInput<N extends string> = {
  readonly by: Acting;
  readonly command: N;
  /** The command's input without the officers. */
  readonly input: object;
  readonly reason: string;
};

type ProposalReply<N extends string> = { id: string; command: N; proposed_at: number; lapses_at: number };

/** The commands that propose what is in this table, and approve it: the folders above this one have matters of their own that take two officers. */
export function proposalCommands<P extends Proposables>(proposables: P): ProposalCommands<keyof P & string> {
  return { propose: proposeOf(proposables), approveProposal: approvalOf(proposables) };
}

export type ProposalCommands<N extends string> = {
  /** Proposes a command for a second officer of the same community, or of the street, to approve. */
  readonly propose: Command<ProposeInput<N>, ProposalReply<N>>;
  /** Approves a proposal and carries out its command, all in one. If the command is refused, the proposal stays open. */
  readonly approveProposal: Command<ApproveProposalInput, ApprovalReply<N>>;
};

function proposeOf<N extends string>(proposables: Readonly<Record<N, Proposable>>): ProposalCommands<N>['propose'] {
  return {
    name: 'propose',
    load: () => wantPolicies('proposal_validity'),
    decide(facts, { by, command, input, reason }, { id: commandId, at }) {
      const { office } = proposables[command];
      if (office === 'street' && by.communityId !== null) return refuse('street_only');
      if (office === 'community' && by.communityId === null) return refuse('community_only');
      const id = idOf('pro', commandId);
      const lapsesAt = at + policyAt(facts, 'proposal_validity', at).hours * HOUR;
      const row = {
        id,
        command,
        input: JSON.stringify(input),
        communityId: by.communityId,
        reason,
        proposedBy: by.id,
        proposedAt: at,
        lapsesAt,
        status: 'open',
        decidedBy: null,
        decidedAt: null,
        decisionReason: null,
        result: null,
        version: 0,
      };
      return { rows: [put('proposal', row)], reply: { id, command, proposed_at: at, lapses_at: lapsesAt } };
    },
  };
}

type DecideProposalInput = { readonly by: Acting; readonly id: string; readonly reason: string | null };

type ApproveProposalInput = DecideProposalInput & Drawn;

type ApprovalReply<N extends string> = {
  id: string;
  command: N;
  status: 'approved';
  decided_at: number;
  /** What the command replied; of a credential with its sealed secret, of a login with its sealed password. */
  result: object;
};

function approvalOf<N extends string>(proposables: Readonly<Record<N, Proposable>>): ProposalCommands<N>['approveProposal'] {
  return {
    name: 'approve-proposal',
    load({ by, id, ...drawn }, known: Known, at) {
      const proposal = known.get('proposal', id);
      if (!proposal) return [one('proposal', id)];
      const { command, input } = commandOf(proposables, proposal, by.id, drawn);
      return [one('proposal', id), ...command.load(input as never, known, at)];
    },
    decide(facts, { by, id, reason, ...drawn }, call) {
      const proposal = openProposal(facts, by, id, call);
      if ('refused' in proposal) return proposal;
      if (proposal.proposedBy === by.id) return refuse('same_officer', { proposal_id: id });
      const { command, input } = commandOf(proposables, proposal, by.id, drawn);
      const decision: Decision<object> = command.decide(facts, input as never, call);
      if (isRefusal(decision)) return decision;
      const row = decided(proposal, 'approved', by, reason, call);
      return {
        ...decision,
        rows: [...(decision.rows ?? []), put('proposal', { ...row, result: JSON.stringify(withoutSecret(decision.reply)) })],
        reply: { id, command: proposal.command as N, status: 'approved', decided_at: call.at, result: decision.reply },
      };
    },
  };
}

type DeclineProposalReply = { id: string; status: 'declined'; decided_at: number };

/** Declines a proposal; the one who proposed may thereby withdraw it. */
export const declineProposal: Command<DecideProposalInput, DeclineProposalReply> = {
  name: 'decline-proposal',
  load: loadDeclineProposal,
  decide: decideDeclineProposal,
};

function loadDeclineProposal({ id }: DecideProposalInput): readonly Want[] {
  return [one('proposal', id)];
}

function decideDeclineProposal(facts: Facts, { by, id, reason }: DecideProposalInput, call: Call): Decision<DeclineProposalReply> {
  const proposal = openProposal(facts, by, id, call);
  if ('refused' in proposal) return proposal;
  return {
    rows: [put('proposal', decided(proposal, 'declined', by, reason, call))],
    reply: { id, status: 'declined', decided_at: call.at },
  };
}

function openProposal(facts: Facts, by: Acting, id: string, { at }: Call) {
  const proposal = facts.get('proposal', id);
  if (!proposal || !sameOffice(by, proposal)) return refuse('proposal_not_found', { proposal_id: id });
  if (proposal.status !== 'open') return refuse('proposal_decided', { status: proposal.status, decided_at: proposal.decidedAt });
  if (at >= proposal.lapsesAt) return refuse('proposal_lapsed', { lapsed_at: proposal.lapsesAt });
  return proposal;
}

function sameOffice(by: Acting, { communityId }: Row<'proposal'>): boolean {
  return communityId === null ? by.communityId === null : actsFor(by, communityId);
}

type Completed = { readonly command: Command<never, object>; readonly input: unknown };

type Drawn = Pick<Approval, 'secret' | 'password'>;

function commandOf(proposables: Proposables, proposal: Row<'proposal'>, approvedBy: string, drawn: Drawn): Completed {
  const { command, complete } = proposables[proposal.command]!;
  const proposedBy = { id: proposal.proposedBy, communityId: proposal.communityId };
  const approval = { ...drawn, proposedBy, approvedBy, reason: proposal.reason };
  return { command, input: complete(JSON.parse(proposal.input) as never, approval) };
}

/** What every colleague may read of a result: a secret is for the approval's own answer. */
function withoutSecret(reply: object): object {
  return Object.fromEntries(Object.entries(reply).filter(([name]) => name !== 'sealed_secret' && name !== 'sealed_password'));
}

function decided(proposal: Row<'proposal'>, status: string, by: Acting, reason: string | null, { at }: Call): Row<'proposal'> {
  return { ...proposal, status, decidedBy: by.id, decidedAt: at, decisionReason: reason };
}
