import type { Acting, FreshPassword, FreshSecret } from '../access/index.ts';
import type { Call, Command, Decision, Facts, Known, Refusal, Row, Want } from '../ledger/index.ts';

/** The random values of an approval, drawn before its command is decided. */
export type Drawn = {
  /** For a credential; drawn for every approval. */
  readonly secret: FreshSecret;
  /** For a login; drawn for its approval only, as it takes long to hash. */
  readonly password?: FreshPassword | undefined;
};

/** A list as the second officer has seen it. */
export type Acknowledged = { readonly hash: string; readonly points: number };

/** The values that an approval adds to a stored input. */
export type Approval = Drawn & {
  readonly proposalId: string;
  readonly acknowledged: Acknowledged | null;
  readonly proposedBy: Acting;
  readonly approvedBy: string;
  /** The reason for the proposal. */
  readonly reason: string;
};

/** The members of a reply that only the approval's own answer shows: colleagues who read the proposal later do not see them. */
export const sealed = ['sealed_secret', 'sealed_password'] as const;

/** A reply as a proposal stores it: without its sealed members. */
export type Told<R> = Omit<R, (typeof sealed)[number]>;

/**
 * A command that takes two officers: one proposes it, another approves it. `S` is the input that a proposal stores, as the first officer
 * gave it; `R` is the command's reply.
 */
export type Matter<N extends string, S extends object, R extends object> = {
  readonly name: N;
  /** The office whose officers propose and approve it. */
  readonly office: 'community' | 'street';
  /** The facts from which `proposed` and `concerns` know what they say. */
  readonly wantProposed: (stored: object, by: Acting, known: Known) => readonly Want[];
  /** The input as it is stored, or the refusal to propose it. */
  readonly proposed: (facts: Facts, stored: object, proposing: Proposing) => object | Refusal;
  /** The residents who stand in it beside others. */
  readonly people: (stored: object) => readonly string[];
  /** The resident whom it concerns; null: none. */
  readonly concerns: (facts: Pick<Facts, 'get'>, stored: object) => string | null;
  readonly stored: (proposal: Row<'proposal'>) => S;
  /** The command's reply; null until the proposal is approved. */
  readonly result: (proposal: Row<'proposal'>) => Told<R> | null;
  /** The command's reply, read from the approval's reply. */
  readonly replied: (approved: { readonly result: object }) => R;
  readonly load: (proposal: Row<'proposal'>, approval: Approval, known: Known, at: number) => readonly Want[];
  readonly decide: (facts: Facts, proposal: Row<'proposal'>, approval: Approval, call: Call) => Decision<R>;
};

/** The officer who proposes, and the time (epoch milliseconds). */
export type Proposing = { readonly by: Acting; readonly at: number };

type Parts<S, I, R> = {
  readonly office: 'community' | 'street';
  readonly command: Command<I, R>;
  /** The command's own input, once the second officer is known. */
  readonly complete: (stored: S, approval: Approval) => I;
  /** The resident whom it concerns, if any, and the facts from which this is known. */
  readonly concerned?: {
    readonly want?: (stored: S) => readonly Want[];
    readonly resident: (facts: Pick<Facts, 'get'>, stored: S) => string | null;
  };
  /** A list: what is added to the input as it is proposed, and who stands in it. */
  readonly listed?: {
    readonly want: (stored: S, by: Acting, known: Known) => readonly Want[];
    readonly input: (facts: Facts, stored: S, proposing: Proposing) => S | Refusal;
    readonly people: (stored: S) => readonly string[];
  };
};

/** Makes a matter from a command. Proposals are stored under its name, which determines for ever how their input and result are read. */
export function matter<const N extends string, S extends object, I, R extends object>(
  name: N,
  { office, command, complete, concerned, listed }: Parts<S, I, R>,
): Matter<N, S, R> {
  const inputOf = (proposal: Row<'proposal'>, approval: Approval) => complete(readBack<S>(proposal.input), approval);
  return {
    name,
    office,
    wantProposed: (stored, by, known) => [...(concerned?.want?.(stored as S) ?? []), ...(listed?.want(stored as S, by, known) ?? [])],
    proposed: (facts, stored, proposing) => listed?.input(facts, stored as S, proposing) ?? stored,
    people: (stored) => listed?.people(stored as S) ?? [],
    concerns: (facts, stored) => concerned?.resident(facts, stored as S) ?? null,
    stored: ({ input }) => readBack(input),
    result: ({ result }) => (result === null ? null : readBack(result)),
    replied: ({ result }) => result as R,
    load: (proposal, approval, known, at) => command.load(inputOf(proposal, approval), known, at),
    decide: (facts, proposal, approval, call) => command.decide(facts, inputOf(proposal, approval), call),
  };
}

/** Parses JSON that the matter itself has written: only its own `propose` and its approval write a proposal's input and result. */
function readBack<T>(json: string): T {
  return JSON.parse(json);
}
