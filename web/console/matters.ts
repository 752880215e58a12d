/** The matters that take two officers, as the pages know them: the office that proposes each, and the input of its proposals. */
import type { Schemas } from '../api/client.ts';

type Proposal = Schemas['Proposal'];

export type Command = Proposal['command'];

/** The matters that communities propose; the street office proposes everything else. */
export type CommunityCommand = Extract<Command, 'grant' | 'clawback' | 'erasure'>;
export type StreetCommand = Exclude<Command, CommunityCommand>;

/** The input of a proposal, by matter: the contract names `ProposedGrant` after the matter `grant`. */
export type Inputs = {
  readonly [S in keyof Schemas as Lowercase<S> extends `proposed${infer C extends Command}` ? C : never]: Schemas[S];
};

export type Asked<C extends Command> = { readonly command: C; readonly input: Inputs[C] };

/** The matter and the input of a proposal, if it is about one of these matters. */
export function askedIn<C extends Command>(matters: Readonly<Record<C, unknown>>, { command, input }: Proposal): Asked<C> | undefined {
  return Object.hasOwn(matters, command) ? { command: command as C, input: input as Inputs[C] } : undefined;
}
