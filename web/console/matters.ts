/** The matters that take two officers, as the pages know them: the office that proposes each, and the input of its proposals. */
import type { Schemas } from '../api/client.ts';

type Proposal = Schemas['Proposal'];

export type Command = Proposal['command'];

/** The matters that communities propose; the street office proposes everything else. */
export type CommunityCommand = Extract<Command, 'grant' | 'clawback' | 'erasure'>;
export type StreetCommand = Exclude<Command, CommunityCommand>;

/** A matter's name without the line in it: the schema of `officer_person` is `ProposedOfficerPerson`. */
type Joined<C extends string> = C extends `${infer First}_${infer Rest}` ? `${First}${Joined<Rest>}` : C;
type CommandCalled<Name extends string> = { readonly [C in Command]: Joined<C> extends Name ? C : never }[Command];

/** The input of a proposal, by matter: the contract names `ProposedGrant` after the matter `grant`. */
export type Inputs = {
  readonly [S in keyof Schemas as Lowercase<S> extends `proposed${infer Name}` ? CommandCalled<Name> : never]: Schemas[S];
};

export type Asked<C extends Command> = { readonly command: C; readonly input: Inputs[C] };

/** The matter and the input of a proposal, if it is about one of these matters. */
export function askedIn<C extends Command>(matters: Readonly<Record<C, unknown>>, { command, input }: Proposal): Asked<C> | undefined {
  return Object.hasOwn(matters, command) ? { command: command as C, input: input as Inputs[C] } : undefined;
}
