const POOL_BYTES = 8_192;

/**
 * The same source of random bytes, read in larger blocks, since a call costs as much for 8 bytes as for thousands. Each byte is used once.
 */
export function pooled(chance: (bytes: number) => Uint8Array): (bytes: number) => Uint8Array {
  let pool = new Uint8Array();
  let given = 0;
  return (bytes) => {
    if (given + bytes > pool.length) {
      pool = Uint8Array.from(chance(Math.max(bytes, POOL_BYTES)));
      given = 0;
    }
    const drawn = pool.slice(given, given + bytes);
    pool.fill(0, given, given + bytes);
    given += bytes;
    return drawn;
  };
}
