/** Rows for the store alone, which knows no rule: whatever a test does not say is as plain as can be. */
import type { Row } from '../../src/store/index.ts';

/** 32 hex digits, as of the n-th id. */
export function hexNo(n: number): string {
  return n.toString(16).padStart(32, '0');
}

export function communityRow(id: string, more: Partial<Row<'community'>> = {}): Row<'community'> {
  return { id, name: '葛巷社区', code: null, openedAt: 0, successorId: null, succeededFrom: null, version: 1, ...more };
}

export function lotRow(resident: number, communityId: string, expiresOn: string): Row<'lot'> {
  return { residentId: `res_${hexNo(resident)}`, communityId, expiresOn };
}

export function grantRow(n: number, more: Partial<Row<'grant'>> = {}): Row<'grant'> {
  return {
    id: `grt_${hexNo(n)}`,
    communityId: 'gexiang',
    residentId: `res_${hexNo(1)}`,
    ruleId: `rul_${hexNo(1)}`,
    ruleVersion: 1,
    quantity: 1,
    points: 10,
    remaining: 10,
    occurredOn: '2026-03-02',
    expiresOn: '2027-12-31',
    description: '社区清洁',
    externalReference: null,
    grantedAt: 0,
    grantedBy: `off_${hexNo(1)}`,
    approvedBy: null,
    reversedAt: null,
    clawedBackAt: null,
    reversalReason: null,
    version: 1,
    ...more,
  };
}

export function clientRow(n: number, more: Partial<Row<'client'>> = {}): Row<'client'> {
  return {
    id: `cli_${hexNo(n)}`,
    kind: 'machine',
    name: 'a client of a test',
    scopes: 'ledger:read',
    communityId: null,
    merchantId: null,
    storeId: null,
    officerId: null,
    residentId: null,
    secretHash: hexNo(n),
    previousSecretHash: null,
    previousSecretUntil: null,
    status: 'active',
    createdAt: 0,
    version: 1,
    ...more,
  };
}

export function requestRow(key: string, more: Partial<Row<'request'>> = {}): Row<'request'> {
  return {
    key,
    client: `cli_${hexNo(0)}`,
    hash: hexNo(1),
    command: 'book',
    commandId: hexNo(1),
    actor: `cli_${hexNo(0)}`,
    at: 0,
    outcome: null,
    voidedAt: null,
    version: 1,
    ...more,
  };
}

export function ruleRow(n: number, more: Partial<Row<'actionRule'>> = {}): Row<'actionRule'> {
  return {
    id: `rul_${hexNo(n)}`,
    ruleVersion: 1,
    communityId: 'gexiang',
    class: 'volunteer',
    name: '志愿服务',
    per: 'hour',
    points: 10,
    capDay: null,
    capMonth: null,
    capYear: null,
    validFrom: '2026-01-01',
    validUntil: null,
    setAt: 0,
    setBy: 'nobody',
    ...more,
  };
}

/** An account that everybody adds to. */
export function escrowRow(n: number, balance: number): Row<'account'> {
  const path = `escrow:community-${n}`;
  return { id: hexNo(n), stripe: 0, path, kind: 'escrow', community: `community-${n}`, unit: 'point', balance, version: 1 };
}

export function entryRow(n: number, more: Partial<Row<'entry'>> = {}): Row<'entry'> {
  return {
    id: `ent_${hexNo(n)}`,
    kind: 'grant',
    businessDay: '2026-03-02',
    effectiveAt: 0,
    recordedAt: 0,
    subject: `grt_${hexNo(n)}`,
    reverses: null,
    ...more,
  };
}

/** The two legs of an entry between the first two accounts. */
export function postingRows(entry: number, amount: number): Row<'posting'>[] {
  return [amount, 0 - amount].map((leg, seq) => ({ account: hexNo(seq + 1), entry: `ent_${hexNo(entry)}`, seq, amount: leg }));
}
