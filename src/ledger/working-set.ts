import assert from 'node:assert/strict';
import { type GroupName, type Key, keyOf, keyText, type Row, type RowWrite, specOf, type TableName } from '../store/index.ts';
import { accountFacts } from './accounts.ts';
import type { Facts, Known, Want } from './command.ts';

type Slot = { row: Row<TableName> | undefined; readonly loadedVersion: number | null; changed: boolean };

/**
 * The facts of one batch in memory: what was loaded, and on top of it what the commands decided so far have changed.
 * A command sees those before it; what is written at the end is each row once, as the last command left it.
 */
export class WorkingSet implements Facts {
  readonly #slots = new Map<TableName, Map<string, Slot>>();
  readonly #groups = new Map<string, Set<string>>();
  readonly #deltas = { account: new Map<string, number>(), limitUse: new Map<string, number>() };

  /** Reads that treat what is not loaded as absent, for `load`. */
  readonly known: Known = {
    get: (table, ...key) => this.#slot(table, key)?.row as Row<typeof table> | undefined,
    list: (table, group, ...key) => (this.#groups.has(groupText(table, group, key)) ? this.list(table, group, ...key) : []),
  };

  has(want: Want): boolean {
    return want.group ? this.#groups.has(groupText(want.table, want.group, want.key)) : this.#slot(want.table, want.key) !== undefined;
  }

  /** Takes in what a read by key found; a key without a row is known to be absent. */
  addRows(table: TableName, keys: readonly Key[], rows: readonly Row<TableName>[]): void {
    for (const row of rows) this.#add(table, row);
    for (const key of keys) {
      const slots = this.#slotsOf(table);
      if (!slots.has(keyText(key))) slots.set(keyText(key), { row: this.#made(table, key), loadedVersion: null, changed: false });
    }
  }

  /** Takes in what a read by group found. Rows that are known already stay as the batch has them. */
  addGroup(table: TableName, group: string, keys: readonly Key[], rows: readonly Row<TableName>[]): void {
    for (const key of keys) this.#groups.set(groupText(table, group, key), new Set());
    for (const row of rows) this.#add(table, row);
    // Rows that a command of this batch has put meanwhile belong to the group too.
    for (const { row } of this.#slotsOf(table).values()) if (row) this.#enlist(table, row);
  }

  get<N extends TableName>(table: N, ...key: Key): Row<N> | undefined {
    const slot = this.#slot(table, key);
    assert(slot, `not loaded: ${table} ${keyText(key)}`);
    return slot.row as Row<N> | undefined;
  }

  list<N extends TableName>(table: N, group: GroupName<N>, ...key: Key): Row<N>[] {
    const members = this.#groups.get(groupText(table, group, key));
    assert(members, `not loaded: ${table} by ${group} ${keyText(key)}`);
    const positive = specOf(table).groups?.[group]?.positive;
    const rows = [...members].map((text) => this.#slotsOf(table).get(text)!.row as Row<N>);
    return positive ? rows.filter((row) => (row[positive] as number) > 0) : rows;
  }

  balance(path: string): number {
    return this.get('account', path)?.balance ?? 0;
  }

  used(key: string): number {
    return this.get('limitUse', key)?.used ?? 0;
  }

  put<N extends TableName>(table: N, row: Row<N>): void {
    const text = keyText(keyOf(table, row));
    const slots = this.#slotsOf(table);
    const slot = slots.get(text);
    const { mode } = specOf(table);
    assert(mode !== 'counter', `${table} is only ever added to`);
    if (mode === 'append') assert(!slot?.row, `${table} ${text} is there already`);
    // A new row needs no look-up: it has a fresh id, and the database refuses it if it is there after all.
    else assert(slot || (row as Row<'voucher'>).version === 0, `${table} ${text} was not loaded`);
    const versioned = mode === 'versioned' ? { ...row, version: (slot?.loadedVersion ?? 0) + 1 } : row;
    if (slot) Object.assign(slot, { row: versioned, changed: true });
    else slots.set(text, { row: versioned, loadedVersion: null, changed: true });
    this.#enlist(table, versioned);
  }

  /** Adds to an account. An account with a floor must have been loaded, and must not fall below it. */
  post(path: string, amount: number): void {
    this.#deltas.account.set(path, (this.#deltas.account.get(path) ?? 0) + amount);
    const slot = this.#slot('account', [path]);
    if (slot) slot.row = accountRow(path, this.balance(path) + amount);
  }

  /** Whether these amounts leave every account with a floor at or above it. Asserts that those accounts were loaded. */
  allowed(path: string, amount: number): boolean {
    const { floor, normal } = accountFacts(path);
    if (floor === undefined) return true;
    const after = this.balance(path) + amount;
    return (normal === 'debit' ? after : 0 - after) >= floor;
  }

  use(key: string, add: number): void {
    this.#deltas.limitUse.set(key, (this.#deltas.limitUse.get(key) ?? 0) + add);
    const slot = this.#slot('limitUse', [key]);
    if (slot) slot.row = { key, used: this.used(key) + add };
  }

  /** Everything that the batch changed in a table, sorted by key. */
  writes(table: TableName): RowWrite[] {
    if (table === 'account') return sorted(this.#deltas.account).map(([path, delta]) => ({ row: accountRow(path, delta), expected: null }));
    if (table === 'limitUse') return sorted(this.#deltas.limitUse).map(([key, used]) => ({ row: { key, used }, expected: null }));
    const changed = [...this.#slotsOf(table)].filter(([, slot]) => slot.changed);
    return sorted(changed).map(([, slot]) => ({ row: slot.row!, expected: slot.loadedVersion }));
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
    if (!slots.has(text)) {
      slots.set(text, { row: this.#current(table, row), loadedVersion: 'version' in row ? row.version : null, changed: false });
    }
    this.#enlist(table, slots.get(text)!.row!);
  }

  /** A counter that is not in the database may have been made by the commands before. */
  #made(table: TableName, key: Key): Row<TableName> | undefined {
    const name = keyText(key);
    if (table === 'account' && this.#deltas.account.has(name)) return accountRow(name, this.#deltas.account.get(name)!);
    if (table === 'limitUse' && this.#deltas.limitUse.has(name)) return { key: name, used: this.#deltas.limitUse.get(name)! };
    return undefined;
  }

  /** A counter that is loaded late has been added to by the commands before. */
  #current(table: TableName, row: Row<TableName>): Row<TableName> {
    if (table === 'account') {
      const { path, balance } = row as Row<'account'>;
      return accountRow(path, balance + (this.#deltas.account.get(path) ?? 0));
    }
    if (table === 'limitUse') {
      const { key, used } = row as Row<'limitUse'>;
      return { key, used: used + (this.#deltas.limitUse.get(key) ?? 0) };
    }
    return row;
  }

  #enlist(table: TableName, row: Row<TableName>): void {
    for (const [group, { columns }] of Object.entries(specOf(table).groups ?? {})) {
      const key = columns.map((column) => row[column] as string | number);
      this.#groups.get(groupText(table, group, key))?.add(keyText(keyOf(table, row)));
    }
  }
}

function accountRow(path: string, balance: number): Row<'account'> {
  const { kind, community, unit } = accountFacts(path);
  return { path, kind, community, unit, balance };
}

function groupText(table: TableName, group: string, key: Key): string {
  return `${table}\n${group}\n${keyText(key)}`;
}

function sorted<V>(pairs: Iterable<[string, V]>): [string, V][] {
  return [...pairs].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
