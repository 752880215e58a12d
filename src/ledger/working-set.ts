import assert from 'node:assert/strict';
import {
  fixedColumns,
  type GroupName,
  type Key,
  keyOf,
  keyText,
  type Row,
  specOf,
  type SummedTable,
  type TableName,
  writeOrder,
} from '../store/index.ts';
import { accountFacts, accountId } from './accounts.ts';
import type { Facts, Known, Use, Want } from './command.ts';
import type { Posting } from './entry.ts';

/** `blanked`: an appended row that is there already, of which only the columns that may be emptied are. */
type Slot = { row: Row<TableName> | undefined; readonly loadedVersion: number | null; changed: boolean; blanked?: boolean };

/** A row that a command changed, by its table and the text of its key. */
export type Touch = { readonly table: TableName; readonly text: string; readonly row?: Row<TableName> };

/** The amount that a batch adds to a limit, and the highest earlier use with which no addition exceeds its own ceiling. */
type Addition = { add: number; slack: number | null };

/** A decision asked for a fact that was not loaded. */
export class NotLoaded extends Error {
  override name = 'NotLoaded';
}

/**
 * The facts of one batch in memory: the loaded rows, with the changes of the commands decided so far. A command sees the changes of those
 * before it; at the end each row is written once, as the last command left it.
 */
export class WorkingSet implements Facts {
  readonly #slots = new Map<TableName, Map<string, Slot>>();
  readonly #groups = new Map<string, Set<string>>();
  /** The tables of which a group was loaded: only their rows are looked for in groups. */
  readonly #grouped = new Set<TableName>();
  /** The amounts added to accounts without a floor, by path. */
  readonly #postings = new Map<string, number>();
  readonly #uses = new Map<string, Addition>();
  #touched: Touch[] = [];
  readonly #entries: Row<'entry'>[] = [];
  readonly #legs: Row<'posting'>[] = [];

  /** Reads that treat rows that are not loaded as absent, for `load`. */
  readonly known: Known = {
    get: (table, ...key) => this.#slot(table, key)?.row as Row<typeof table> | undefined,
    list: (table, group, ...key) => (this.#groups.has(groupText(table, group, key)) ? this.list(table, group, ...key) : []),
    used: (key) => (this.#slot('limitUse', [key]) ? this.used(key) : 0),
    has: (want) => this.has(want),
  };

  has(want: Want): boolean {
    return want.group ? this.#groups.has(groupText(want.table, want.group, want.key)) : this.#slot(want.table, want.key) !== undefined;
  }

  /** From now on collects the changed rows, except accounts without a floor, to which everybody may add, and the journal. */
  trace(): readonly Touch[] {
    this.#touched = [];
    return this.#touched;
  }

  /** Adds the rows that a read by key returned; a key without a row is known to be absent. */
  addRows(table: TableName, keys: readonly Key[], rows: readonly Row<TableName>[]): void {
    for (const row of table === 'account' ? foldStripes(rows as Row<'account'>[]) : rows) this.#add(table, row);
    const slots = this.#slotsOf(table);
    for (const key of keys) slots.getOrInsertComputed(keyText(key), () => ({ row: undefined, loadedVersion: null, changed: false }));
  }

  /** Adds the rows that a read by group returned. Rows that are known already stay as the batch has them. */
  addGroup(table: TableName, group: string, keys: readonly Key[], rows: readonly Row<TableName>[]): void {
    this.#grouped.add(table);
    for (const key of keys) this.#groups.set(groupText(table, group, key), new Set());
    for (const row of rows) this.#add(table, row);
    // Rows that a command of this batch has put meanwhile belong to the group too.
    for (const { row } of this.#slotsOf(table).values()) if (row) this.#enlist(table, row);
  }

  get<N extends TableName>(table: N, ...key: Key): Row<N> | undefined {
    const slot = this.#slot(table, key);
    if (!slot) throw new NotLoaded(`not loaded: ${table} ${keyText(key)}`);
    return slot.row as Row<N> | undefined;
  }

  list<N extends TableName>(table: N, group: GroupName<N>, ...key: Key): Row<N>[] {
    const members = this.#groups.get(groupText(table, group, key));
    if (!members) throw new NotLoaded(`not loaded: ${table} by ${group} ${keyText(key)}`);
    const positive = specOf(table).groups?.[group]?.positive;
    const rows = [...members].map((text) => this.#slotsOf(table).get(text)!.row as Row<N>);
    return positive ? rows.filter((row) => (row[positive] as number) > 0) : rows;
  }

  balance(path: string): number {
    return (this.get('account', accountId(path))?.balance ?? 0) + (this.#postings.get(path) ?? 0);
  }

  used(key: string): number {
    return (this.get('limitUse', key)?.used ?? 0) + (this.#uses.get(key)?.add ?? 0);
  }

  put<N extends TableName>(table: N, row: Row<N>): void {
    const text = keyText(keyOf(table, row));
    const slots = this.#slotsOf(table);
    const slot = slots.get(text);
    const { mode } = specOf(table);
    assert(mode !== 'counter', `${table} is only ever added to`);
    if (mode === 'append' && slot?.row && !slot.changed) return this.#blank(table, text, slot, row);
    if (mode === 'append') assert(!slot?.row, `${table} ${text} is there already`);
    // A new row needs no look-up: it has a fresh id, and the database refuses it if the id exists after all.
    else assert(slot || (row as Row<'voucher'>).version === 0, `${table} ${text} was not loaded`);
    if (slot?.row) assertFixed(table, text, slot.row, row);
    const versioned = mode === 'versioned' ? { ...row, version: (slot?.loadedVersion ?? 0) + 1 } : row;
    if (slot) Object.assign(slot, { row: versioned, changed: true });
    else slots.set(text, { row: versioned, loadedVersion: null, changed: true });
    this.#touched.push({ table, text, row: versioned });
    this.#enlist(table, versioned);
  }

  /** Empties an appended row's columns that may be emptied. Asserts that nothing else of it changes. */
  #blank<N extends TableName>(table: N, text: string, slot: Slot, row: Row<N>): void {
    const emptied = Object.fromEntries((specOf(table).blankable ?? []).map((column) => [column, '']));
    assert(Object.keys(emptied).length > 0, `${table} ${text} is there already`);
    assert.deepEqual(row, { ...slot.row, ...emptied }, `${table} ${text} is there already, and only emptied`);
    Object.assign(slot, { row, blanked: true });
    this.#touched.push({ table, text, row });
  }

  /** Writes an entry into the journal, and posts to its accounts. */
  book(entry: Row<'entry'>, postings: readonly Posting[]): void {
    this.#entries.push(entry);
    for (const [seq, { account, amount }] of postings.entries()) {
      this.#legs.push({ account: accountId(account), entry: entry.id, seq, amount });
      this.#post(account, amount);
    }
  }

  /** Posts to an account. One with a floor must have been loaded, and not fall below it: its row is guarded by its version. */
  #post(path: string, amount: number): void {
    const { id, kind, community, unit, floor } = accountFacts(path);
    if (floor === undefined) {
      this.#postings.set(path, (this.#postings.get(path) ?? 0) + amount);
      return;
    }
    const balance = this.balance(path) + amount;
    this.put('account', { id, stripe: 0, path, kind, community, unit, balance, version: 0 });
  }

  /** Whether this amount leaves an account at or above its floor. Asserts that an account with a floor was loaded. */
  allowed(path: string, amount: number): boolean {
    const { floor, normal } = accountFacts(path);
    if (floor === undefined) return true;
    const after = this.balance(path) + amount;
    return (normal === 'debit' ? after : 0 - after) >= floor;
  }

  use({ key, add, atMost }: Use): void {
    const sum = this.#uses.getOrInsertComputed(key, () => ({ add: 0, slack: null }));
    sum.add += add;
    this.#touched.push({ table: 'limitUse', text: key });
    if (atMost !== undefined) sum.slack = Math.min(sum.slack ?? Infinity, atMost - sum.add);
  }

  /** Every row that the batch changed in a table, sorted by key. */
  writes<N extends TableName>(table: N): Row<N>[] {
    if (table === 'entry') return this.#entries.toSorted(byEntry) as Row<N>[];
    if (table === 'posting') return this.#legs.toSorted(byPlace) as Row<N>[];
    const changed = [...this.#slotsOf(table)].filter(([, slot]) => slot.changed);
    return sorted(changed).map(([, slot]) => slot.row as Row<N>);
  }

  /** Every appended row of a table that the batch empties, sorted by key. */
  blanks<N extends TableName>(table: N): Row<N>[] {
    return sorted([...this.#slotsOf(table)].filter(([, slot]) => slot.blanked)).map(([, slot]) => slot.row as Row<N>);
  }

  /** Every increment of the batch to a table, sorted by key. */
  additions(table: SummedTable): Row<SummedTable>[] {
    if (table === 'account')
      return [...this.#postings].map(([path, sum]) => increment(path, sum)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return sorted(this.#uses).map(([id, { add, slack }]) => ({ id, used: add, atMost: slack === null ? null : slack + add }));
  }

  #slotsOf(table: TableName): Map<string, Slot> {
    return this.#slots.getOrInsertComputed(table, () => new Map());
  }

  #slot(table: TableName, key: Key): Slot | undefined {
    return this.#slots.get(table)?.get(keyText(key));
  }

  #add(table: TableName, row: Row<TableName>): void {
    const slots = this.#slotsOf(table);
    const text = keyText(keyOf(table, row));
    const known = slots.get(text);
    // Another process may have made a row that was absent a moment ago.
    if (!known || (!known.row && !known.changed))
      slots.set(text, { row, loadedVersion: 'version' in row ? row.version : null, changed: false });
    this.#enlist(table, slots.get(text)!.row!);
  }

  #enlist(table: TableName, row: Row<TableName>): void {
    if (!this.#grouped.has(table)) return;
    for (const group of groupsOf(table, row)) this.#groups.get(group)?.add(keyText(keyOf(table, row)));
  }
}

/** The database never updates these columns, so a new version of the row must have the same values. */
function assertFixed(table: TableName, text: string, before: Row<TableName>, after: Row<TableName>): void {
  for (const column of fixedColumns(table) as (keyof typeof after)[]) {
    assert(after[column] === before[column], `${table} ${text}: ${column} is on an index, and no version changes it`);
  }
}

/** The names of a touched row and of the groups that it belongs to. */
export function namesOf({ table, text, row }: Touch): string[] {
  return [rowName(table, text), ...(row ? groupsOf(table, row) : [])];
}

/** The name of the wanted row or group. */
export function nameOfWant({ table, group, key }: Want): string {
  return group ? groupText(table, group, key) : rowName(table, keyText(key));
}

const groupRules = new Map(writeOrder.map((table) => [table, Object.entries(specOf(table).groups ?? {})]));

function groupsOf(table: TableName, row: Row<TableName>): string[] {
  return groupRules.get(table)!.map(([group, { columns }]) =>
    groupText(
      table,
      group,
      columns.map((column) => row[column] as string | number),
    ),
  );
}

function byEntry(a: Row<'entry'>, b: Row<'entry'>): number {
  return a.id < b.id ? -1 : 1;
}

function byPlace(a: Row<'posting'>, b: Row<'posting'>): number {
  if (a.entry !== b.entry) return a.entry < b.entry ? -1 : 1;
  return a.seq - b.seq;
}

/** An account's rows as one: its balance is the sum over its stripes. */
function foldStripes(rows: readonly Row<'account'>[]): Row<'account'>[] {
  const folded = new Map<string, Row<'account'>>();
  for (const row of rows) {
    const before = folded.get(row.id);
    folded.set(row.id, before ? { ...before, balance: before.balance + row.balance } : row);
  }
  return [...folded.values()];
}

function increment(path: string, balance: number): Row<'account'> {
  const { id, kind, community, unit } = accountFacts(path);
  return { id, stripe: 0, path, kind, community, unit, balance, version: 0 };
}

function rowName(table: TableName, key: string): string {
  return `${table}\n${key}`;
}

function groupText(table: TableName, group: string, key: Key): string {
  return `${table}\n${group}\n${keyText(key)}`;
}

function sorted<V>(pairs: Iterable<[string, V]>): [string, V][] {
  return [...pairs].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
