/** The street's policies, and how a value of each is typed in: what a value holds, and within which bounds, comes from the contract. */
import { postProposals } from '../../api/bounds.ts';
import type { paths } from '../../api/contract.d.ts';
import type { NumberBound } from '../../shared/bounds.ts';
import { visible } from '../../../src/text/index.ts';
import { fenOf } from '../../shared/format.ts';
import { type DaysBound, daysIn, daysText } from './days.ts';

type Proposed = paths['/v1/proposals']['post']['requestBody']['content']['application/json'];
type Setting = Extract<Proposed, { command: 'policy' }>['input'];

export type PolicyName = Setting['name'];
export type PolicyValues = { readonly [N in PolicyName]: Extract<Setting, { name: N }>['value'] };

/** The keys that stand for a number in some policy: each is its unit. */
export type Unit = { [N in PolicyName]: NumberKey<PolicyValues[N]> }[PolicyName];
type NumberKey<V> = { [K in keyof V]-?: V[K] extends number | null ? K : never }[keyof V];

type ListBound = { readonly minItems: number; readonly maxItems: number; readonly items: NumberBound };

/** A part of a value, and in what it is typed: a whole number, an amount of yuan, yes or no, percents, days, or numbers for some by name. */
export type Field = { readonly key: string } & (
  | { readonly is: 'number' | 'yuan' | 'communities' | 'pairs'; readonly bound: NumberBound }
  | { readonly is: 'percents'; readonly bound: ListBound }
  | { readonly is: 'days'; readonly bound: DaysBound }
  | { readonly is: 'yes' }
);

/** The fields of each policy's form. */
export const fieldsOf = Object.fromEntries(
  Object.entries(postProposals.policy.input).map(([name, { value }]) => [name, fieldsIn(value)]),
) as unknown as { readonly [N in PolicyName]: readonly Field[] };

/** The fields for a value, from its bounds by key. Throws if it holds something for which there is no field. */
export function fieldsIn(value: object): readonly Field[] {
  return Object.entries(value).map(([key, bound]) => fieldFor(key, bound as Bound));
}

type Bound =
  | { readonly type: 'boolean' }
  | ((ListBound | DaysBound) & { readonly type: 'array' })
  | { readonly type: 'object'; readonly keys: { readonly pattern?: string }; readonly values: NumberBound }
  | (NumberBound & { readonly type: 'integer' });

function fieldFor(key: string, bound: Bound): Field {
  switch (bound.type) {
    case 'boolean':
      return { key, is: 'yes' };
    case 'array':
      return 'minItems' in bound ? { key, is: 'percents', bound } : { key, is: 'days', bound };
    case 'object':
      return { key, is: bound.keys.pattern === undefined ? 'communities' : 'pairs', bound: bound.values };
    case 'integer':
      return { key, is: key === 'fen' ? 'yuan' : 'number', bound };
    default:
      throw new Error(`there is no field for ${key}: ${JSON.stringify(bound)}`);
  }
}

/** The policy that a path names, if there is one. */
export function policyNamed(name: string | undefined): PolicyName | undefined {
  return name !== undefined && Object.hasOwn(fieldsOf, name) ? (name as PolicyName) : undefined;
}

export type Typed = Readonly<Record<string, unknown>>;
type ByCommunity = { readonly community: string; readonly points: number };
type ByPair = { readonly debtor: string; readonly creditor: string; readonly yuan: string };

/** A value as it stands in the form. */
export function typedOf(name: PolicyName, value: Typed): Typed {
  return Object.fromEntries(fieldsOf[name].map((field) => [field.key, typedIn(field, value[field.key])]));
}

function typedIn({ is }: Field, value: unknown): unknown {
  switch (is) {
    case 'number':
    case 'yes':
      return value;
    case 'yuan':
      return value === null ? '' : yuanText(value as number);
    case 'percents':
      return (value as number[]).join('、');
    case 'days':
      return daysText(value as string[]);
    case 'communities':
      return Object.entries(value as Record<string, number>).map(([community, points]) => ({ community, points }));
    case 'pairs':
      return pairsIn(value as Record<string, number>).map(({ fen, ...pair }) => ({ ...pair, yuan: yuanText(fen) }));
  }
}

/** The amounts in fen that a value sets for pairs, whose keys are `debtor>creditor`. */
export function pairsIn(pairs: Readonly<Record<string, number>>) {
  return Object.entries(pairs).map(([pair, fen]) => {
    const [debtor, creditor] = pair.split('>') as [string, string];
    return { debtor, creditor, fen };
  });
}

function yuanText(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2);
}

/** The typed fields as the value of a policy, not checked: the API has the last word on it. */
export function valueOf(name: PolicyName, typed: Typed): Typed {
  return Object.fromEntries(fieldsOf[name].map((field) => [field.key, valueIn(field, typed[field.key])]));
}

function valueIn(field: Field, typed: unknown): unknown {
  switch (field.is) {
    case 'number':
    case 'yes':
      return typed;
    case 'yuan':
      return typed === '' ? null : fenOf(typed as string, field.bound);
    case 'percents':
      return percentsIn(typed as string);
    case 'days':
      return daysIn(typed as string);
    case 'communities':
      return Object.fromEntries(((typed ?? []) as ByCommunity[]).map(({ community, points }) => [community, points]));
    case 'pairs':
      return Object.fromEntries(
        ((typed ?? []) as ByPair[]).map(({ debtor, creditor, yuan }) => [`${debtor}>${creditor}`, fenOf(yuan, field.bound)]),
      );
  }
}

/** The numbers that were typed, with anything between them. */
function percentsIn(typed: string): number[] {
  return visible(typed)
    .split(/[^0-9]+/)
    .filter(Boolean)
    .map(Number);
}

/** Whether as many percents were typed as the bounds ask for, none too small or too large. */
export function arePercents(typed: string, { minItems, maxItems, items: { minimum, maximum } }: ListBound): boolean {
  const percents = percentsIn(typed);
  return percents.length >= minItems && percents.length <= maxItems && percents.every((each) => each >= minimum && each <= maximum);
}
