/** The wire of a matter for two officers: made once for each matter, in `matters.ts`. */
import { z } from 'zod';
import type { Drawn, Matter, Told } from '../../communities/index.ts';
import type { Row } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { reason } from '../http/wire.ts';

type Keys = Pick<Deps, 'secrets'>;

/** The input in a body, which is transformed into the stored input; with `store`, in the end by a function that hashes and seals. */
type Body<S extends object, T extends object> =
  | { readonly body: z.ZodType<NoInfer<S>>; readonly store?: never }
  | { readonly body: z.ZodType<T>; readonly store: (told: T, keys: Keys) => NoInfer<S> };

type Parts<S extends object, R extends object, I extends z.ZodType, O extends z.ZodType<object>> = {
  /** Names its schemas: `ProposedGrant`, `ApprovedGrant`. */
  readonly called: string;
  /** The schema of the reason, if it has a description of its own. */
  readonly reason?: typeof reason;
  /** The schema of the input as a proposal shows it. */
  readonly input: I;
  /** The input as it is shown; `brief` in a list of proposals. */
  readonly show: (stored: S, keys: Keys, brief: boolean) => z.output<I>;
  /** The ids of what is shown that officers read names for; communities are known to everybody. */
  readonly names?: (stored: S, brief: boolean) => readonly string[];
  /** The schema of the result, once it is approved. */
  readonly result: O;
  readonly tell: (reply: Told<R>) => z.output<O>;
  /** Draws random values that take long, for approvals of this matter only. */
  readonly draw?: (deps: Deps) => Promise<Pick<Drawn, 'password'>>;
  /** Additional members that only the approval's answer and its replays show. */
  readonly once?: (reply: R, deps: Deps) => { readonly result?: Partial<z.output<O>>; readonly client_secret?: string };
  /** Begins what the approval leads to, without waiting for it. A replay begins it again. */
  readonly after?: (reply: R, deps: Deps) => void;
};

/** Ties a matter to its wire, so that callers need to know neither its stored input nor its reply. */
export function matterWire<
  N extends string,
  S extends object,
  R extends object,
  I extends z.ZodType,
  O extends z.ZodType<object>,
  T extends object = S,
>(
  matter: Matter<N, S, R>,
  { called, body, store, reason: why = reason, input, show, names, result, tell, draw, once, after }: Parts<S, R, I, O> & Body<S, T>,
) {
  return {
    matter,
    called,
    input,
    result,
    /** The schema of a `POST /v1/proposals` body for this matter. */
    body: z.strictObject({ command: z.literal(matter.name), input: body as z.ZodType<S | T>, reason: why }),
    /** The stored input, from the input of such a body. */
    storedOf: (told: object, keys: Keys): S => (store ? store(told as T, keys) : (told as S)),
    /** The input of a proposal, as it is shown. */
    inputOf: (proposal: Row<'proposal'>, keys: Keys, brief: boolean): z.output<I> => show(matter.stored(proposal), keys, brief),
    /** The ids in a proposal's input that have names. */
    idsIn: (proposal: Row<'proposal'>, brief: boolean): readonly string[] => names?.(matter.stored(proposal), brief) ?? [],
    /** The result of a proposal; null until it is approved. */
    resultOf: (proposal: Row<'proposal'>): z.output<O> | null => {
      const told = matter.result(proposal);
      return told && tell(told);
    },
    draw: async (deps: Deps): Promise<Pick<Drawn, 'password'>> => draw?.(deps) ?? {},
    /** The result in the answer to an approval. */
    answerOf: (approved: { readonly result: object }, deps: Deps): { result: z.output<O>; client_secret?: string } => {
      const reply = matter.replied(approved);
      const { result: more, ...secret } = once?.(reply, deps) ?? {};
      return { result: { ...tell(reply), ...more }, ...secret };
    },
    /** Begins what an approval leads to. */
    afterwards: (approved: { readonly result: object }, deps: Deps): void => after?.(matter.replied(approved), deps),
  };
}
