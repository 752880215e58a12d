/**
 * Identifiers: `<prefix>_<32 hex digits>`, three letters for the kind of thing and a UUIDv7 (RFC 9562) without dashes. They sort by time of
 * creation, so that one batch touches few pages. In the database they are 16 bytes.
 */

const PATTERN = /^[a-z]{3}_[0-9a-f]{32}$/;

/** The prefixes in use. An id's prefix is part of its column, not of its stored bytes. */
export const prefixes = {
  adjustment: 'adj',
  audit: 'aud',
  client: 'cli',
  contribution: 'con',
  entry: 'ent',
  erasure: 'era',
  export: 'exp',
  grant: 'grt',
  grantList: 'gls',
  household: 'hou',
  login: 'lgn',
  merchant: 'mer',
  offer: 'ofr',
  officer: 'off',
  payment: 'pay',
  payout: 'pyo',
  phoneChange: 'phc',
  proposal: 'pro',
  redemption: 'red',
  resident: 'res',
  reversal: 'rev',
  rule: 'rul',
  run: 'run',
  session: 'ses',
  store: 'sto',
  terminal: 'ter',
  void: 'vod',
  voucher: 'vch',
} as const;

export type Prefix = (typeof prefixes)[keyof typeof prefixes];

/** The id of the thing `prefix` that the command with this id (32 hex digits) makes. */
export function idOf(prefix: Prefix, commandId: string): string {
  return `${prefix}_${commandId}`;
}

export function isId(prefix: Prefix, text: string): boolean {
  return text.startsWith(`${prefix}_`) && PATTERN.test(text);
}

/** The 32 hex digits of an id with any prefix. */
export function hexOf(id: string): string {
  return id.slice(4);
}

/**
 * Makes command ids: UUIDv7 as 32 hex digits, strictly increasing within one process, from the given clock (epoch milliseconds) and source
 * of chance. The 12 bits after the version count within a millisecond (RFC 9562, 6.2, method 1); when they run over, the time part runs
 * ahead rather than backwards.
 */
export function commandIds(clock: () => number, chance: (bytes: number) => Uint8Array): () => string {
  let last = 0;
  let count = 0;
  return () => {
    const now = clock();
    if (now > last) {
      last = now;
      count = 0;
    } else if (++count > 0xfff) {
      last += 1;
      count = 0;
    }
    const tail = chance(8);
    tail[0] = (tail[0]! & 0x3f) | 0x80;
    return last.toString(16).padStart(12, '0') + '7' + count.toString(16).padStart(3, '0') + tail.toHex();
  };
}
