/** The list of migrations, and the comparison of a database that has seen some of them with this code. */
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import { fileURLToPath } from 'node:url';
import { StoreUnusable } from './store.ts';
import type { Engine } from './url.ts';

/** The table in which a database records the migrations that it has seen. */
export const MIGRATIONS_TABLE = '__drizzle_migrations';

/** A migration that a database has seen. */
export type Applied = { readonly hash: string; readonly when: number };

/**
 * How a database's schema compares with this code's. `none`: it is not a database of CallMi, or not yet. `foreign`: it was made by
 * migrations that this code does not have, although this code has later ones.
 */
export type SchemaState = 'none' | 'older' | 'current' | 'newer' | 'foreign';

export function migrationsOf(engine: Engine): readonly MigrationMeta[] {
  return readMigrationFiles({ migrationsFolder: fileURLToPath(new URL(`../../migrations/${engine}`, import.meta.url)) });
}

export function compareSchema(engine: Engine, applied: readonly Applied[]): SchemaState {
  const known = migrationsOf(engine);
  const hashes = new Set(known.map(({ hash }) => hash));
  const newest = known.at(-1)?.folderMillis ?? 0;
  if (applied.length === 0) return 'none';
  if (applied.some(({ when }) => when > newest)) return 'newer';
  if (applied.some(({ hash }) => !hashes.has(hash))) return 'foreign';
  return applied.length < known.length ? 'older' : 'current';
}

/** The error if a database in this state cannot be read as it is, or undefined if it can. */
export function unreadable(state: SchemaState, name: string): StoreUnusable | undefined {
  switch (state) {
    case 'current':
      return undefined;
    case 'none':
      return new StoreUnusable(`${name} is not a database of CallMi`);
    case 'older':
      return new StoreUnusable(`${name} was written by an older version of CallMi: run \`callmi migrate\` first`);
    case 'newer':
    case 'foreign':
      return unmigratable(state, name);
  }
}

/** The error if a database holds tables, and none of them is ours. */
export function foreignTable(name: string, table: string): StoreUnusable {
  return new StoreUnusable(`${name} holds what CallMi did not make (table ${table}): let DATABASE_URL name a database of its own`);
}

/** The error if a database in this state cannot be migrated, or undefined if it can. */
export function unmigratable(state: SchemaState, name: string): StoreUnusable | undefined {
  if (state === 'newer') {
    return new StoreUnusable(`${name} was written by a newer version of CallMi: install that version, or restore an older backup`);
  }
  if (state === 'foreign')
    return new StoreUnusable(`${name} was written by a version of CallMi that was never released: start with a new one`);
  return undefined;
}
