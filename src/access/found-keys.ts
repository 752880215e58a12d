import { type Command, type Decision, type Facts, one, put, type Want } from '../ledger/index.ts';
import { type ReadableStore, rowByKey } from '../store/index.ts';

const NAME = 'keys_fingerprint';

/** The request key of `foundKeys`: it is carried out once, by whichever process is first. */
export const FOUND_KEYS_REQUEST = 'found-keys';

type FoundKeysInput = { readonly fingerprint: string };

type FoundKeysReply = { fingerprint: string };

/** Records, once, the keys that the database belongs to; answers with the recorded ones. */
export const foundKeys: Command<FoundKeysInput, FoundKeysReply> = { name: 'found-keys', load: loadFoundKeys, decide: decideFoundKeys };

function loadFoundKeys(): readonly Want[] {
  return [one('scheme', NAME)];
}

function decideFoundKeys(facts: Facts, { fingerprint }: FoundKeysInput): Decision<FoundKeysReply> {
  const known = facts.get('scheme', NAME);
  if (known) return { reply: { fingerprint: known.value } };
  return { rows: [put('scheme', { name: NAME, value: fingerprint })], reply: { fingerprint } };
}

/** The fingerprint of the keys that the database belongs to; undefined if it has not been used yet. */
export async function keysFingerprint(store: Pick<ReadableStore, 'read' | 'tables'>): Promise<string | undefined> {
  return (await rowByKey(store, 'scheme', NAME))?.value;
}
