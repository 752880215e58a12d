import { type Command, one, put } from '../ledger/index.ts';
import { type ReadableStore, rowByKey } from '../store/index.ts';

const NAME = 'keys_fingerprint';

/** The request key of `foundKeys`: whichever process is first, it is done once. */
export const FOUND_KEYS_REQUEST = 'found-keys';

/** Writes down which keys the database was founded with, once; answers with those it was founded with. */
export const foundKeys: Command<{ readonly fingerprint: string }, { fingerprint: string }> = {
  name: 'found-keys',
  load: () => [one('scheme', NAME)],
  decide(facts, { fingerprint }) {
    const known = facts.get('scheme', NAME);
    if (known) return { reply: { fingerprint: known.value } };
    return { rows: [put('scheme', { name: NAME, value: fingerprint })], reply: { fingerprint } };
  },
};

/** The fingerprint of the keys that the database was founded with; undefined if it has not been used yet. */
export async function keysFingerprint(store: Pick<ReadableStore, 'read' | 'tables'>): Promise<string | undefined> {
  return (await rowByKey(store, 'scheme', NAME))?.value;
}
