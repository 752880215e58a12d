/** The place of the demo's database, and the treatment of an existing one. */
import { isVacant, nameOf, openReadable, setAside, StoreUnusable } from '../../store/index.ts';

/** A database that the demo made, or that holds no scheme yet, may be replaced; any other is left alone. */
type Occupant = 'nothing' | 'replaceable' | 'other';

/**
 * Makes room for a new database and returns a message about anything that was moved. Nothing is lost: the latest demo is kept, and a scheme
 * that the demo did not make is moved only with `force`. Throws `StoreUnusable` if it may not be moved, or is in use.
 */
export async function makeRoom(url: string, force: boolean): Promise<string | undefined> {
  const occupant = await occupantOf(url, force);
  if (occupant === 'nothing') return undefined;
  if (occupant === 'other' && !force) {
    throw new StoreUnusable(
      `${nameOf(url)} holds a scheme that the demo did not make, and is left alone: let DATABASE_URL name another, or move it aside with --force`,
    );
  }
  const name = await setAside(url, occupant === 'replaceable' ? 'former-demo' : 'before-demo');
  return `What was there before is kept as ${name}.`;
}

async function occupantOf(url: string, force: boolean): Promise<Occupant> {
  if (await isVacant(url)) return 'nothing';
  try {
    return await readOccupant(url);
  } catch (error) {
    // An unreadable database also belongs to somebody.
    if (force && error instanceof StoreUnusable) return 'other';
    throw error;
  }
}

async function readOccupant(url: string): Promise<Occupant> {
  const store = await openReadable(url);
  try {
    const facts = await store.read.select({ name: store.tables.scheme.name }).from(store.tables.scheme);
    const names = new Set(facts.map(({ name }) => name));
    return names.has('demo') || !names.has('founded_at') ? 'replaceable' : 'other';
  } finally {
    await store.close();
  }
}
