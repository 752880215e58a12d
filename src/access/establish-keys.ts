import { type Command, type Decision, type Facts, one, put, type Want } from '../ledger/index.ts';
import { type ReadableStore, rowByKey } from '../store/index.ts';

const NAME = 'keys_fingerprint';

/** The request key of `establishKeys`: it is carried out once, by whichever process is first. */
export const ESTABLISH_KEYS_REQUEST = 'found-keys';

type EstablishKeysInput = { readonly fingerprint: string };

type EstablishKeysReply = { fingerprint: string };

/** Records, once, the keys that the database belongs to; answers with the recorded ones. */
export const establishKeys: Command<EstablishKeysInput, EstablishKeysReply> = {
  name: 'found-keys',
  load: loadEstablishKeys,
  decide: decideEstablishKeys,
};

function loadEstablishKeys(): readonly Want[] {
  return [one('scheme', NAME)];
}

function decideEstablishKeys(facts: Facts, { fingerprint }: EstablishKeysInput): Decision<EstablishKeysReply> {
  const known = facts.get('scheme', NAME);
  if (known) return { reply: { fingerprint: known.value } };
  return { rows: [put('scheme', { name: NAME, value: fingerprint })], reply: { fingerprint } };
}

/** The fingerprint of the keys that the database belongs to; undefined if it has not been used yet. */
export async function keysFingerprint(store: Pick<ReadableStore, 'read' | 'tables'>): Promise<string | undefined> {
  return (await rowByKey(store, 'scheme', NAME))?.value;
}
