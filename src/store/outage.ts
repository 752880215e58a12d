/** Tells errors that pass, because the database cannot be used just now, from those that a statement of ours has caused. */

/** The errors behind an error, itself first. If several addresses were tried, the first one says why. */
function* causesOf(error: unknown): Generator<Error> {
  for (let next = error; next instanceof Error; next = next instanceof AggregateError ? (next.errors[0] ?? next.cause) : next.cause)
    yield next;
}

/** PostgreSQL's or SQLite's own code of an error (`23505`, `SQLITE_FULL`), or node's of a connection (`ECONNREFUSED`). */
export function codeOf(error: unknown): string | undefined {
  for (const each of causesOf(error)) if ('code' in each && typeof each.code === 'string') return each.code;
  return undefined;
}

/** The message of the error that began it. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

/** PostgreSQL's codes of a login that is refused, and of a database that is not there: nobody is let in until an operator has seen to it. */
const NOT_LET_IN = '28...|3D000';

/**
 * Connection errors, a statement that was cancelled (as one that takes too long), a server that stops or starts, one without room for more, a
 * disk that fails, or a server that has become a copy that is only read.
 */
const POSTGRES = `08...|${NOT_LET_IN}|57014|57P0.|53...|58030|25006|25P0[34]`;

/** A lock that others hold, a full or failing disk, and a file that cannot be written or opened any more. A damaged file does not pass. */
const SQLITE = 'SQLITE_(?:BUSY|PROTOCOL|FULL|IOERR|READONLY|CANTOPEN|NOMEM)(?:_\\w+)?';

const NETWORK = 'E(?:CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN|NOTFOUND|AI_AGAIN)';

const OUTAGE = new RegExp(`^(?:${POSTGRES}|${SQLITE}|${NETWORK})$`);

/** The words of PostgreSQL's driver for connections that broke, which have no code. */
const BROKEN_CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered a connection error|was closed)|Query read timeout)/;

/** Whether the database is unavailable, rather than the statement wrong. */
export function isOutage(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined && OUTAGE.test(code)) return true;
  // A socket in the file system is gone with its server; and a process may have no socket left.
  for (const each of causesOf(error)) if ('syscall' in each && each.syscall === 'connect') return true;
  return code === undefined && causesOf(error).some(({ message }) => BROKEN_CONNECTION.test(message));
}

/**
 * Serialization failure, deadlock and lock timeout: others were in the way, or, of a read on a copy, what the server that is copied has
 * done.
 */
const IN_THE_WAY = new Set(['40001', '40P01', '55P03']);

/** Those, a key that another writer has written meanwhile, and statements after one of these: the batch is decided again. */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return IN_THE_WAY.has(code) || code === '23505' || code === '25P02';
}

/** Whether a read that failed so may succeed when it is tried again. */
export function isPassing(error: unknown): boolean {
  return isOutage(error) || IN_THE_WAY.has(codeOf(error) ?? '');
}
