/** The keys by which an officer finds a resident: every end of the name, and a keyed hash of the last digits of the phone. */
import { sameName } from '../text/index.ts';
import type { Rows, Step } from './step.ts';

/** No name has this byte: the key of a number begins with it, so that no part of a name ever finds one. */
const OF_A_NUMBER = 'ff';

/** The key of a number that nobody has hashed yet. */
export const UNKNOWN_END = OF_A_NUMBER;

/** The most keys of one name: a character may stand for many in the form in which names are compared. */
const PLACES_MAX = 64;

/** The keys of a name, from its first character on, its second, and so on: a part of the name is the beginning of one of them. */
export function nameKeys(name: string): string[] {
  return endsOf(name).map((bytes) => bytes.toString('hex'));
}

/** The key of the last digits of a phone; `hash` is their keyed hash (hex) for one community. */
export function phoneEndKey(hash: string): string {
  return OF_A_NUMBER + hash;
}

function endsOf(name: string): Buffer[] {
  const characters = Array.from(sameName(name)).slice(0, PLACES_MAX);
  return characters.map((_, n) => Buffer.from(characters.slice(n).join(''), 'utf8'));
}

const PAGE = 200;

/**
 * The step of a migration that gives the residents of an older database their keys. Names are cut here, since SQL compares none. The keys of
 * numbers are left to the service, which alone can open them.
 */
export function* fillSearchKeys(): Step {
  let after: unknown[] = [];
  for (;;) {
    const beyond = after.length > 0 ? 'where id > ?' : '';
    const rows: Rows = yield { text: `select id, community_id, name from resident ${beyond} order by id limit ${PAGE}`, values: after };
    const keys = rows.flatMap(([id, communityId, name]) =>
      [Buffer.from(UNKNOWN_END, 'hex'), ...endsOf(name as string)].map((key, place) => [id, place, communityId, key]),
    );
    if (keys.length > 0) yield { text: insertOf(keys.length), values: keys.flat() };
    if (rows.length < PAGE) return;
    after = [rows.at(-1)![0]];
  }
}

function insertOf(rows: number): string {
  const values = Array.from({ length: rows }, () => '(?, ?, ?, ?, 1)').join(', ');
  return `insert into resident_key (resident_id, place, community_id, "key", version) values ${values}`;
}
