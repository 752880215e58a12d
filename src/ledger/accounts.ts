/** The chart of accounts: the kinds, their units, and the paths of single accounts. The segment after the kind is always the community in whose book it stands. */

export type Unit = 'point' | 'fen';
export type AccountKind = keyof typeof kinds;

type KindRule = {
  readonly unit: Unit;
  /** The side on which its balance normally stands. */
  readonly normal: 'debit' | 'credit';
  /** The lowest balance on its normal side; accounts without one are never refused a posting. */
  readonly floor?: number;
};

export const kinds = {
  issued: { unit: 'point', normal: 'debit' },
  wallet: { unit: 'point', normal: 'credit', floor: 0 },
  escrow: { unit: 'point', normal: 'credit' },
  redeemed: { unit: 'point', normal: 'credit' },
  expired: { unit: 'point', normal: 'credit' },
  clawback: { unit: 'point', normal: 'debit' },
  cost: { unit: 'fen', normal: 'debit' },
  'due-to': { unit: 'fen', normal: 'credit' },
  'due-from': { unit: 'fen', normal: 'debit' },
  payable: { unit: 'fen', normal: 'credit' },
  clearing: { unit: 'fen', normal: 'credit' },
  fund: { unit: 'fen', normal: 'credit' },
  bank: { unit: 'fen', normal: 'debit' },
} as const satisfies Record<string, KindRule>;

/** Paths of accounts. Communities are slugs, residents and merchants ids, days `YYYY-MM-DD`. */
export const account = {
  issued: (issuer: string) => `issued:${issuer}`,
  wallet: (issuer: string, resident: string, expiresOn: string) => `wallet:${issuer}:${resident}:${expiresOn}`,
  escrow: (issuer: string) => `escrow:${issuer}`,
  redeemed: (issuer: string) => `redeemed:${issuer}`,
  expired: (issuer: string) => `expired:${issuer}`,
  clawback: (issuer: string) => `clawback:${issuer}`,
  cost: (issuer: string) => `cost:${issuer}`,
  dueTo: (issuer: string, acquirer: string, day: string) => `due-to:${issuer}:${acquirer}:${day}`,
  dueFrom: (acquirer: string, issuer: string, day: string) => `due-from:${acquirer}:${issuer}:${day}`,
  payable: (acquirer: string, merchant: string, day: string) => `payable:${acquirer}:${merchant}:${day}`,
};

export type AccountFacts = { readonly kind: AccountKind; readonly community: string } & KindRule;

/** What a path says of its account. Throws on a path that is not of the chart. */
export function accountFacts(path: string): AccountFacts {
  const [kind, community] = path.split(':', 2) as [AccountKind, string?];
  const rule: KindRule | undefined = kinds[kind];
  if (!rule || !community) throw new Error(`not an account: ${path}`);
  return { kind, community, ...rule };
}

/** A balance as it stands on its account's normal side: `signed` is debits less credits. */
export function normalBalance(kind: AccountKind, signed: number): number {
  return kinds[kind].normal === 'debit' ? signed : 0 - signed;
}
