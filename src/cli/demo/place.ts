/** Where the demo's database goes, and what becomes of one that is there. */
import { isVacant, nameOf, openReadable, setAside, StoreUnusable } from '../../store/index.ts';

/** What the demo made, or holds no scheme yet, may be replaced; anything else is left alone. */
type Occupant = 'nothing' | 'replaceable' | 'other';

/**
 * Makes room for a new database and says what was moved. Nothing is ever lost: an earlier demo is kept once, and a scheme that the demo
 * did not make is only moved when `force` asks for it. Throws `StoreUnusable` if it stays, or is in use.
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
    // What cannot be read is somebody's too.
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
