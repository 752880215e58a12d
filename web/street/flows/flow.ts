/** Flows: the points of one community that were spent at another's merchants, and their worth, out of positions. */
import type { Schemas } from '../../api/client.ts';
import { type Amounts, sumOf, type Unit } from '../figure.ts';

export type Flow = Amounts & { readonly issuer: string; readonly acquirer: string };

/** Positions tell of every pair twice, from either side: what is due to the other is the flow. */
export function flowsOf(positions: readonly Schemas['Position'][]): Flow[] {
  return positions.map(({ community_id: issuer, counterparty_id: acquirer, due_to: due }) => ({ issuer, acquirer, ...due }));
}

export function between(flows: readonly Flow[], issuer: string, acquirer: string): Amounts {
  return flows.find((flow) => flow.issuer === issuer && flow.acquirer === acquirer) ?? { points: 0, fen: 0 };
}

export function totalOf(flows: readonly Amounts[]): Amounts {
  return { points: sumOf(flows, ({ points }) => points), fen: sumOf(flows, ({ fen }) => fen) };
}

/** Whether a flow goes to another community: points spent at home are owed to nobody. */
export function isAbroad({ issuer, acquirer }: Flow): boolean {
  return issuer !== acquirer;
}

export function amountIn(unit: Unit, amounts: Amounts): number {
  return unit === 'points' ? amounts.points : amounts.fen;
}
