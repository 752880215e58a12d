/** The scopes that a client may have, and the ones that each kind of client may have. */
export const scopes = {
  'vouchers:inspect': 'Look at a voucher before it is redeemed.',
  'vouchers:read': 'Read the vouchers of residents.',
  'vouchers:write': "Issue, cancel, suspend and resume vouchers on a resident's behalf.",
  'redemptions:read': 'Read redemptions.',
  'redemptions:write': 'Redeem vouchers, reverse and void redemptions.',
  'reconciliations:read': "Read a merchant's business day.",
  'residents:read': 'Read and look up residents.',
  'residents:write': 'Register residents, suspend and resume them.',
  'merchants:read': 'Read merchants, stores and terminals.',
  'merchants:write': 'Register merchants, stores and terminals, suspend and resume merchants.',
  'rules:read': 'Read action rules.',
  'rules:write': 'Set action rules.',
  'grants:read': 'Read grants.',
  'grants:write': 'Grant points and reverse grants.',
  'offers:read': 'Read offers.',
  'offers:write': 'Make and withdraw offers.',
  'proposals:read': 'Read proposals.',
  'proposals:write': 'Propose, approve and decline.',
  'officers:read': 'Read officers.',
  'clients:read': 'Read clients.',
  'clients:write': 'Create clients, rotate their secrets, revoke them.',
  'communities:read': 'Read communities.',
  'communities:write': 'Open and rename communities.',
  'policies:read': 'Read policies.',
  'positions:read': 'Read what communities owe each other.',
  'settlements:read': 'Read settlement runs, their payments and payouts.',
  'settlements:write': 'Open and close settlement runs, confirm and book their payments.',
  'limits:read': 'Read how much communities may grant, and why.',
  'funds:read': "Read communities' funds and what moved on their bank accounts.",
  'funds:write': 'Book contributions to funds.',
  'ledger:read': 'Read the trial balance and entries.',
  'me:read': "Read what is one's own: wallet, statement, vouchers.",
  'me:write': "Take and cancel vouchers of one's own, mint their codes.",
} as const;

export type Scope = keyof typeof scopes;

export const clientKinds = ['till', 'officer', 'resident', 'machine'] as const;
export type ClientKind = (typeof clientKinds)[number];

const till = [
  'vouchers:inspect',
  'redemptions:read',
  'redemptions:write',
  'reconciliations:read',
  'offers:read',
  'communities:read',
] as const;

const communityOfficer = [
  'residents:read',
  'residents:write',
  'merchants:read',
  'merchants:write',
  'rules:read',
  'rules:write',
  'grants:read',
  'grants:write',
  'vouchers:read',
  'vouchers:write',
  'offers:read',
  'offers:write',
  'proposals:read',
  'proposals:write',
  'officers:read',
  'clients:read',
  'clients:write',
  'communities:read',
  'policies:read',
  'positions:read',
  'settlements:read',
  'settlements:write',
  'limits:read',
  'funds:read',
] as const;

const streetOfficer = [
  'residents:read',
  'residents:write',
  'merchants:read',
  'merchants:write',
  'rules:read',
  'grants:read',
  'offers:read',
  'offers:write',
  'proposals:read',
  'proposals:write',
  'officers:read',
  'clients:read',
  'clients:write',
  'communities:read',
  'communities:write',
  'policies:read',
  'positions:read',
  'settlements:read',
  'settlements:write',
  'limits:read',
  'funds:read',
  'funds:write',
  'ledger:read',
] as const;

const resident = ['me:read', 'me:write', 'offers:read', 'communities:read'] as const;

/** A machine only reads: every write names a till or a person who answers for it. */
const machine = [
  'redemptions:read',
  'reconciliations:read',
  'residents:read',
  'merchants:read',
  'rules:read',
  'grants:read',
  'offers:read',
  'communities:read',
  'policies:read',
  'positions:read',
  'settlements:read',
  'limits:read',
  'funds:read',
  'ledger:read',
] as const;

/** The scopes that only a machine of the street office may have: they concern the whole scheme. */
const wholeScheme: ReadonlySet<Scope> = new Set(['ledger:read', 'limits:read', 'funds:read']);

/** All scopes that a client of this kind may have; `communityId` null is the street office. */
export function grantableScopes(kind: ClientKind, communityId: string | null): readonly Scope[] {
  switch (kind) {
    case 'till':
      return till;
    case 'officer':
      return communityId === null ? streetOfficer : communityOfficer;
    case 'resident':
      return resident;
    case 'machine':
      return communityId === null ? machine : machine.filter((scope) => !wholeScheme.has(scope));
  }
}
