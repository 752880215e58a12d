import type { Acting, FreshPassword, FreshSecret } from '../access/index.ts';
import type { Call, Command, Decision, Facts, Known, Row, Want } from '../ledger/index.ts';

/** What is drawn for an approval, as nothing can be drawn while a command is decided. */
export type Drawn = {
  /** For a credential; drawn for every approval. */
  readonly secret: FreshSecret;
  /** For a login; drawn for its approval only, as it takes long to hash. */
  readonly password?: FreshPassword | undefined;
};

/** What an approval adds to a stored input. */
export type Approval = Drawn & {
  readonly proposedBy: Acting;
  readonly approvedBy: string;
  /** Why it was proposed. */
  readonly reason: string;
};

/** What a reply keeps for the approval's own answer: colleagues who read the proposal later do not see it. */
export const sealed = ['sealed_secret', 'sealed_password'] as const;

/** A reply as a proposal stores it: without what is sealed. */
export type Told<R> = Omit<R, (typeof sealed)[number]>;

/**
 * What takes two officers: one proposes a command, another approves it. `S` is the input that a proposal stores, which is what the first officer
 * said; `R` is what the command replies.
 */
export type Matter<N extends string, S extends object, R extends object> = {
  readonly name: N;
  /** Whose officers propose and approve it. */
  readonly office: 'community' | 'street';
  readonly stored: (proposal: Row<'proposal'>) => S;
  /** What the command replied; null until the proposal is approved. */
  readonly result: (proposal: Row<'proposal'>) => Told<R> | null;
  /** What the command replied, out of the approval's reply. */
  readonly replied: (approved: { readonly result: object }) => R;
  readonly load: (proposal: Row<'proposal'>, approval: Approval, known: Known, at: number) => readonly Want[];
  readonly decide: (facts: Facts, proposal: Row<'proposal'>, approval: Approval, call: Call) => Decision<R>;
};

type Parts<S, I, R> = {
  readonly office: 'community' | 'street';
  readonly command: Command<I, R>;
  /** The command's own input, once the second officer is known. */
  readonly complete: (stored: S, approval: Approval) => I;
};

/** Makes a matter of a command. Proposals are stored under its name, which says for ever what was stored with them. */
export function matter<const N extends string, S extends object, I, R extends object>(
  name: N,
  { office, command, complete }: Parts<S, I, R>,
): Matter<N, S, R> {
  const inputOf = (proposal: Row<'proposal'>, approval: Approval) => complete(readBack<S>(proposal.input), approval);
  return {
    name,
    office,
    stored: ({ input }) => readBack(input),
    result: ({ result }) => (result === null ? null : readBack(result)),
    replied: ({ result }) => result as R,
    load: (proposal, approval, known, at) => command.load(inputOf(proposal, approval), known, at),
    decide: (facts, proposal, approval, call) => command.decide(facts, inputOf(proposal, approval), call),
  };
}

/** JSON that the matter itself has written, as what it was: its own `propose` and its approval alone write a proposal's input and result. */
function readBack<T>(json: string): T {
  return JSON.parse(json);
}
