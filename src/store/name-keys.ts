/** The key by which a resident is found by name. */
import { createHash } from 'node:crypto';
import { sameName } from '../text/index.ts';
import type { Step } from './step.ts';

/**
 * The form in which names are compared, as the hex digits of its UTF-8. As bytes, both engines compare and index it alike, whatever the
 * language of the database; and no byte is `ff`, so that what begins with a key lies between it and the key with `ff` behind it.
 */
export function nameKey(name: string): string {
  return bytesOf(name).toString('hex');
}

function bytesOf(name: string): Buffer {
  return Buffer.from(sameName(name), 'utf8');
}

/** The slot of a name in a community: sixteen bits of a hash, so that there are few slots, and none leads back to a name. */
export function nameSlotOf(communityId: string, name: string): string {
  return createHash('sha256')
    .update(`${communityId}\n${nameKey(name)}`)
    .digest('hex')
    .slice(0, 4);
}

const PAGE = 1_000;

/** The step of a migration that gives the residents of an older database their keys: SQL has no NFKC, so names come here, a page at a time. */
export function* fillNameKeys(): Step {
  let after: unknown[] = [];
  for (;;) {
    const beyond = after.length > 0 ? 'where id > ?' : '';
    const rows = yield { text: `select id, name from resident ${beyond} order by id limit ${PAGE}`, values: after };
    for (const [id, name] of rows) yield { text: 'update resident set name_key = ? where id = ?', values: [bytesOf(name as string), id] };
    if (rows.length < PAGE) return;
    after = [rows.at(-1)![0]];
  }
}
