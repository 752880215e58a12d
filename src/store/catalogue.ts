/**
 * How the single writer treats each table: the columns that identify a row, the groups in which rows are read, and the way in which a row
 * is written. The order of the tables here is the order in which every batch writes them: requests first, the hottest counters last.
 */
import type { Row, TableName } from './tables.ts';

/** `append`: written once, never changed. `versioned`: changed under its `version`. `counter`: only ever added to. */
export type WriteMode = 'append' | 'versioned' | 'counter';

export type Column<N extends TableName> = keyof Row<N> & string;

/**
 * The fate of a name, a contact or a text when a person is erased. `blank`: it is emptied with the rows of that person. `find`: it may name
 * anybody, so it is found by `callmi find` and emptied by hand. `free`: it no longer leads to anybody. `prune`: its row goes by itself.
 * `staff`: it names somebody who works here. `thing`: it names a place, a shop, a rule or an offer.
 */
export type Erasing = 'blank' | 'find' | 'free' | 'prune' | 'staff' | 'thing';

export type TableSpec<N extends TableName> = {
  /** The columns by which the code identifies a row; a distributed database finds it by the first one alone. */
  readonly key: readonly Column<N>[];
  readonly mode: WriteMode;
  /** The primary key, if a row of the code is several rows in the database. */
  readonly primaryKey?: readonly Column<N>[];
  /** A table with few rows that hardly ever change: a distributed database keeps all of them on every node. */
  readonly small?: true;
  /** For each column of the class `name`, `contact` or `text`. */
  readonly erasing?: { readonly [C in Column<N>]?: Erasing };
  /** Columns of an appended row that may be emptied, and nothing else of it ever changes. */
  readonly blankable?: readonly Column<N>[];
  /** The row that tells whose this one is, where no column of its own names a resident: the column with its id, and its table. */
  readonly via?: readonly [column: Column<N>, table: TableName];
  /** Columns with JSON, of which ids, days and fixed words stay when the rest is emptied. */
  readonly json?: readonly Column<N>[];
  /** The table that tells which residents stand in that JSON, where it is about nobody alone, and its column with the id of this row. */
  readonly people?: readonly [table: TableName, column: string];
  /** Columns on an index that a new version may change all the same: the home of somebody who moves. */
  readonly moves?: readonly Column<N>[];
  /** The column that increments go to, if there are any. */
  readonly sum?: Column<N>;
  /** The column with the ceiling that an increment must not exceed, if it is not null. */
  readonly ceiling?: Column<N>;
  /** Named sets of rows that share the values of some columns; with `positive`, only those where that column is above zero. */
  readonly groups?: Readonly<Record<string, { readonly columns: readonly Column<N>[]; readonly positive?: Column<N> }>>;
};

const catalogue = {
  request: { key: ['key', 'client'], mode: 'versioned' },
  scheme: { key: ['name'], mode: 'append', small: true },
  community: { key: ['id'], mode: 'versioned', erasing: { name: 'thing' }, small: true },
  policy: { key: ['name', 'policyVersion'], mode: 'append', small: true, groups: { name: { columns: ['name'] } } },
  officer: { key: ['id'], mode: 'versioned', erasing: { name: 'staff' }, small: true },
  resident: {
    key: ['id'],
    mode: 'versioned',
    moves: ['communityId', 'nameKey'],
    erasing: { name: 'blank', nameKey: 'blank', phoneHash: 'blank', phoneSealed: 'blank', statusReason: 'blank' },
    groups: { named: { columns: ['communityId', 'nameKey'] } },
  },
  residentPhone: { key: ['hash'], mode: 'versioned', erasing: { hash: 'free' } },
  residentKey: {
    key: ['residentId', 'place'],
    mode: 'versioned',
    moves: ['communityId', 'key'],
    erasing: { key: 'blank' },
    groups: { person: { columns: ['residentId'] } },
  },
  consent: {
    key: ['residentId', 'noticeVersion'],
    mode: 'versioned',
    erasing: { guardian: 'blank' },
  },
  registration: { key: ['residentId'], mode: 'versioned' },
  samePerson: {
    key: ['residentId', 'otherId'],
    mode: 'versioned',
    erasing: { answer: 'blank' },
    groups: { person: { columns: ['residentId'] }, other: { columns: ['otherId'] } },
  },
  nameSlot: { key: ['slot'], mode: 'versioned' },
  nameCorrection: {
    key: ['residentId', 'correctedAt'],
    mode: 'versioned',
    erasing: { formerName: 'blank', reason: 'blank' },
    groups: { person: { columns: ['residentId'] } },
  },
  phoneChange: {
    key: ['id'],
    mode: 'versioned',
    erasing: { formerHash: 'blank', formerSealed: 'blank', newHash: 'blank' },
    groups: { person: { columns: ['residentId'] } },
  },
  residentMove: {
    key: ['residentId', 'movedAt'],
    mode: 'versioned',
    erasing: { reason: 'blank' },
  },
  household: { key: ['id'], mode: 'versioned' },
  householdMember: {
    key: ['householdId', 'residentId', 'since'],
    mode: 'versioned',
    erasing: { reason: 'blank' },
    groups: { household: { columns: ['householdId'] }, person: { columns: ['residentId'] } },
  },
  householdOf: { key: ['residentId'], mode: 'versioned' },
  householdCode: { key: ['hash'], mode: 'append' },
  messageSent: { key: ['residentId', 'kind', 'subject', 'at'], mode: 'versioned' },
  // Done again after a restore, it is due at once, whatever the clock says.
  erasure: { key: ['id'], mode: 'versioned', moves: ['dueAt'] },
  listExport: { key: ['id'], mode: 'versioned', erasing: { reason: 'find' } },
  grantList: { key: ['id'], mode: 'versioned' },
  merchant: {
    key: ['id'],
    mode: 'versioned',
    erasing: { name: 'thing', statusReason: 'find' },
    small: true,
    groups: { community: { columns: ['communityId'] } },
  },
  store: {
    key: ['id'],
    mode: 'versioned',
    erasing: { name: 'thing', address: 'thing' },
    small: true,
    groups: { merchant: { columns: ['merchantId'] } },
  },
  terminal: { key: ['id'], mode: 'versioned', erasing: { name: 'thing' }, small: true },
  client: {
    key: ['id'],
    mode: 'versioned',
    moves: ['communityId'],
    erasing: { name: 'blank' },
    groups: { merchant: { columns: ['merchantId'] }, person: { columns: ['residentId'] } },
  },
  login: { key: ['id'], mode: 'versioned', erasing: { name: 'staff', personName: 'staff' } },
  loginName: { key: ['name'], mode: 'append', erasing: { name: 'staff' } },
  signInCode: { key: ['phoneHash'], mode: 'versioned', erasing: { phoneHash: 'prune' } },
  wrongTries: { key: ['slot'], mode: 'versioned' },
  session: {
    key: ['id'],
    mode: 'versioned',
    via: ['clientId', 'client'],
    erasing: { device: 'blank' },
    groups: { client: { columns: ['clientId'] } },
  },
  actionRule: {
    key: ['id', 'ruleVersion'],
    mode: 'append',
    erasing: { name: 'thing' },
    small: true,
    groups: { rule: { columns: ['id'] } },
  },
  proposal: {
    key: ['id'],
    mode: 'versioned',
    json: ['input'],
    people: ['proposalPerson', 'proposalId'],
    erasing: { input: 'blank', reason: 'blank', decisionReason: 'blank' },
  },
  proposalPerson: { key: ['residentId', 'proposalId'], mode: 'append' },
  grantReference: { key: ['reference', 'communityId'], mode: 'append' },
  foldedGrantReference: { key: ['folded', 'communityId'], mode: 'append' },
  grant: {
    key: ['id'],
    mode: 'versioned',
    erasing: { description: 'blank', reversalReason: 'blank' },
    groups: { unspentInLot: { columns: ['residentId', 'communityId', 'expiresOn'], positive: 'remaining' } },
  },
  lot: { key: ['residentId', 'communityId', 'expiresOn'], mode: 'append', groups: { resident: { columns: ['residentId'] } } },
  offer: { key: ['id'], mode: 'versioned', erasing: { title: 'thing', statusReason: 'find' }, small: true },
  voucher: {
    key: ['id'],
    mode: 'versioned',
    erasing: { stateReason: 'blank' },
    groups: { person: { columns: ['residentId'] } },
  },
  voucherSource: {
    key: ['voucherId', 'grantId'],
    mode: 'append',
    via: ['voucherId', 'voucher'],
    groups: { voucher: { columns: ['voucherId'] }, grant: { columns: ['grantId'] } },
  },
  code: { key: ['hash'], mode: 'append', via: ['voucherId', 'voucher'] },
  redemption: {
    key: ['id'],
    mode: 'append',
    via: ['voucherId', 'voucher'],
    groups: { order: { columns: ['businessDay', 'storeId', 'orderKey'] } },
  },
  redemptionReversal: {
    key: ['redemptionId'],
    mode: 'append',
    via: ['redemptionId', 'redemption'],
    blankable: ['reason'],
    erasing: { reason: 'blank' },
  },
  dayFlows: { key: ['day'], mode: 'append' },
  dayFigures: { key: ['day'], mode: 'append' },
  settlementRun: { key: ['id'], mode: 'versioned', groups: { state: { columns: ['state'] } } },
  settlementParty: { key: ['runId', 'communityId'], mode: 'append', erasing: { name: 'thing' }, groups: { run: { columns: ['runId'] } } },
  settlementPosition: {
    key: ['runId', 'communityId', 'counterpartyId'],
    mode: 'versioned',
    erasing: { disputeReason: 'find', resolution: 'find' },
  },
  settlementPayment: { key: ['id'], mode: 'versioned' },
  payout: { key: ['id'], mode: 'versioned', erasing: { merchantName: 'thing', failure: 'find' } },
  bankMovement: { key: ['reference', 'communityId'], mode: 'append' },
  bankReference: { key: ['folded', 'communityId'], mode: 'append' },
  settlementFile: { key: ['runId', 'name'], mode: 'append', erasing: { content: 'thing' } },
  adjustment: { key: ['entryId'], mode: 'append', blankable: ['reason'], erasing: { reason: 'find' } },
  auditReport: { key: ['id'], mode: 'append' },
  expiryDay: { key: ['day'], mode: 'append', small: true },
  businessDay: { key: ['day'], mode: 'append', small: true },
  entry: { key: ['id'], mode: 'append' },
  posting: { key: ['entry', 'seq'], mode: 'append', groups: { entry: { columns: ['entry'] } } },
  limitUse: { key: ['id'], mode: 'counter', sum: 'used', ceiling: 'atMost' },
  // With a floor it is versioned; without one it is added to.
  account: { key: ['id'], mode: 'versioned', primaryKey: ['id', 'stripe'], sum: 'balance' },
} as const satisfies { [N in TableName]: TableSpec<N> };

export type GroupName<N extends TableName> = (typeof catalogue)[N] extends { groups: infer G } ? keyof G & string : never;

/** The values of key columns, in the catalogue's order. */
export type Key = readonly (string | number)[];

export function specOf<N extends TableName>(table: N): TableSpec<N> {
  return catalogue[table] as unknown as TableSpec<N>;
}

/** A row's key as one string, for maps. */
export function keyText(key: Key): string {
  return key.length === 1 ? String(key[0]) : key.join('\n');
}

export function keyOf<N extends TableName>(table: N, row: Row<N>): Key {
  return specOf(table).key.map((column) => row[column] as string | number);
}

/** All tables, in the order in which a batch writes them. */
export const writeOrder = Object.keys(catalogue) as readonly TableName[];
