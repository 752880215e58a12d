/** What takes two officers, as the pages know it: which office proposes it, and what its proposals hold. */
import type { Schemas } from '../api/client.ts';

type Proposal = Schemas['Proposal'];

export type Command = Proposal['command'];

/** What communities propose; the street office proposes everything else. */
export type CommunityCommand = Extract<Command, 'grant' | 'clawback'>;
export type StreetCommand = Exclude<Command, CommunityCommand>;

/** The contract lists commands and inputs apart; they are tied here. */
export type Inputs = {
  readonly grant: Schemas['ProposedGrant'];
  readonly clawback: Schemas['ProposedClawBack'];
  readonly policy: Schemas['ProposedPolicy'];
  readonly officer: Schemas['ProposedOfficer'];
  readonly credential: Schemas['ProposedCredential'];
  readonly login: Schemas['ProposedLogin'];
  readonly successor: Schemas['ProposedSuccessor'];
  readonly adjustment: Schemas['ProposedAdjustment'];
};

export type Asked<C extends Command> = { readonly command: C; readonly input: Inputs[C] };

/** What a proposal asks for, if it is about one of these matters. */
export function askedIn<C extends Command>(matters: Readonly<Record<C, unknown>>, { command, input }: Proposal): Asked<C> | undefined {
  return Object.hasOwn(matters, command) ? { command: command as C, input: input as Inputs[C] } : undefined;
}
