/**
 * A folder defines its refusals here: one entry a code, with the texts for the caller. Nothing here knows HTTP: the API gives each kind its
 * status.
 */
import type { Refusal } from './command.ts';

declare const instant: unique symbol;

/**
 * An instant among the figures of a refusal. `refuse` takes epoch milliseconds; the sentence and the wire have RFC 3339. Its name ends in
 * `_at`, `_until` or `_from`, by which a stored refusal still tells it from other numbers.
 */
export type Instant = string & { readonly [instant]: true };

/** The texts of one code. */
export type Explained<F> = {
  /** The same for every occurrence. */
  readonly title: string;
  /** The occurrence in one sentence. `F` names all figures that go over the wire, also those that the sentence does not use. */
  readonly sentence: (figures: F) => string;
  /** The remedy for the caller's program or its operator. */
  readonly action: string;
  /** The message that a till shows its cashier, in Chinese. */
  readonly cashierMessage: string;
};

/** The reason why a command is refused, as far as a program needs it. */
export type Kind =
  /** The input is invalid in any state of the books. */
  | 'invalid'
  /** The caller may not do this. */
  | 'forbidden'
  /** The thing does not exist, or the caller may not see it. */
  | 'notFound'
  /** The current state does not allow it. */
  | 'conflict'
  /** It was requested too often. */
  | 'tooMany';

/** One code that a folder refuses with. */
export type Definition<F = never> = { readonly kind: Kind } & Explained<F>;

/** A number whose name is that of an instant, or an instant by another name, is a mistake. */
type Misnamed<F> = {
  [N in keyof F]: N extends `${string}_${'at' | 'until' | 'from'}` ? Extract<F[N], number> : Extract<F[N], Instant>;
}[keyof F];
type WellNamed<F> = [Misnamed<F>] extends [undefined] ? unknown : 'an Instant ends in _at, _until or _from, and no other number does';

/** Makes a maker of entries: each takes title, sentence, action and Chinese message, and bears the mark. A sentence without figures is a text. */
export function marked<const M extends object>(mark: M) {
  return <F = object>(
    title: string,
    sentence: string | (((figures: F) => string) & WellNamed<F>),
    action: string,
    cashierMessage: string,
  ): M & Explained<F> => ({
    ...mark,
    title,
    sentence: typeof sentence === 'string' ? () => sentence : sentence,
    action,
    cashierMessage,
  });
}

export const invalid = marked({ kind: 'invalid' });
export const forbidden = marked({ kind: 'forbidden' });
export const notFound = marked({ kind: 'notFound' });
export const conflict = marked({ kind: 'conflict' });
export const tooMany = marked({ kind: 'tooMany' });

/** The refusal if the thing with the id in this figure does not exist, or the caller may not see it. */
export function noSuch<N extends string>(what: string, figure: N, cashierMessage: string): Definition<Readonly<Record<N, string>>> {
  const sentence = (figures: Readonly<Record<N, string>>) => `There is no ${what} ${figures[figure]} that you may see.`;
  return { kind: 'notFound', title: `There is no such ${what}`, sentence, action: 'Check the id.', cashierMessage };
}

/** The figures as `refuse` takes them: instants as epoch milliseconds. */
export type FiguresOf<D> = D extends Explained<infer F> ? ([F] extends [never] ? object : { [N in keyof F]: Given<F[N]> }) : never;
type Given<V> = V extends Instant ? number : V;

/** No argument if a code has no figures; an optional one if all figures are optional. */
type FiguresArgument<F> = keyof F extends never ? [] : object extends F ? [figures?: F] : [figures: F];

/** Makes a folder's `refuse` from its definitions: its own codes, and those of the folders below it. */
export function refuserOf<D extends Readonly<Record<string, Definition>>>(_definitions: D) {
  return <C extends keyof D & string>(code: C, ...[figures]: FiguresArgument<FiguresOf<D[C]>>): Refusal<C> => ({
    refused: code,
    details: figures ?? {},
  });
}
