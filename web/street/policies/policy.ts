/** The street's policies, and how a value of each is typed in. */
import type { paths } from '../../api/contract.d.ts';

type Proposed = paths['/v1/proposals']['post']['requestBody']['content']['application/json'];
type Setting = Extract<Proposed, { command: 'policy' }>['input'];
type Of<N extends Setting['name']> = Extract<Setting, { name: N }>;

export type PolicyName = Setting['name'];
export type PolicyValues = { readonly [N in PolicyName]: Of<N>['value'] };

/** A part of a value, and in what it is typed: a whole number, an amount of yuan, yes or no, percents, or numbers for some by name. */
export type Field =
  | { readonly is: 'number'; readonly key: string; readonly max: number }
  | { readonly is: 'yuan'; readonly key: string; /** Left empty, there is none. */ readonly optional?: boolean }
  | { readonly is: 'yes'; readonly key: string }
  | { readonly is: 'percents'; readonly key: string }
  | { readonly is: 'communities'; readonly key: string }
  | { readonly is: 'pairs'; readonly key: string };

const number = (key: string, max: number): Field => ({ is: 'number', key, max });
const BILLIONS = 1_000_000_000_000;

export const fieldsOf: { readonly [N in PolicyName]: readonly Field[] } = {
  rate: [number('points', 1_000_000), { is: 'yuan', key: 'fen' }],
  voucher_validity: [number('days', 3_650)],
  lot_validity: [number('years', 10)],
  reversal_window: [number('hours', 720)],
  grant_backdating: [number('days', 365)],
  exposure_limit: [number('points', BILLIONS), { is: 'communities', key: 'communities' }],
  proposal_validity: [number('hours', 8_760)],
  code_validity: [number('seconds', 3_600)],
  offline_window: [number('hours', 168)],
  redemption_cycles: [number('max', 100)],
  cut_off: [number('hour', 24)],
  fund: [
    { is: 'yes', key: 'required' },
    { is: 'percents', key: 'warn_percents' },
  ],
  position_limit: [
    { is: 'yuan', key: 'fen', optional: true },
    { is: 'pairs', key: 'pairs' },
  ],
  confirmation: [number('days', 365)],
};

/** The policy that a path names, if there is one. */
export function policyNamed(name: string | undefined): PolicyName | undefined {
  return name !== undefined && Object.hasOwn(fieldsOf, name) ? (name as PolicyName) : undefined;
}

export type Typed = Readonly<Record<string, unknown>>;
export type ByCommunity = { readonly community: string; readonly points: number };
export type ByPair = { readonly debtor: string; readonly creditor: string; readonly yuan: string };

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
    case 'communities':
      return Object.entries(value as Record<string, number>).map(([community, points]) => ({ community, points }));
    case 'pairs':
      return Object.entries(value as Record<string, number>).map(([pair, fen]) => {
        const [debtor, creditor] = pair.split('>');
        return { debtor, creditor, yuan: yuanText(fen) };
      });
  }
}

function yuanText(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2);
}

/** What was typed in as a value: the API has the last word on it. */
export function valueOf(name: PolicyName, typed: Typed): Typed {
  return Object.fromEntries(fieldsOf[name].map((field) => [field.key, valueIn(field, typed[field.key])]));
}

function valueIn({ is }: Field, typed: unknown): unknown {
  switch (is) {
    case 'number':
    case 'yes':
      return typed;
    case 'yuan':
      return typed === '' ? null : fenIn(typed as string);
    case 'percents':
      return (typed as string)
        .split(/[^0-9]+/)
        .filter(Boolean)
        .map(Number);
    case 'communities':
      return Object.fromEntries(((typed ?? []) as ByCommunity[]).map(({ community, points }) => [community, points]));
    case 'pairs':
      return Object.fromEntries(((typed ?? []) as ByPair[]).map(({ debtor, creditor, yuan }) => [`${debtor}>${creditor}`, fenIn(yuan)]));
  }
}

/** Yuan as typed, in fen; limits may be larger than what a till takes. */
function fenIn(yuan: string): number {
  return Math.round(Number(yuan) * 100);
}

export function isYuan(typed: string): boolean {
  return /^\d{1,10}(\.\d{1,2})?$/.test(typed.trim()) && fenIn(typed) > 0;
}
