/** Connections to PostgreSQL: as the owner, who may change the schema, and as the service, who may not. */
import pg from 'pg';
import { codeOf, isConflict, isOutage, messageOf } from './outage.ts';
import { Conflict, StoreUnavailable, StoreUnusable } from './store.ts';
import { nameOf } from './url.ts';

/** The role that the service acts in. It may add to the journal and read it, and has no privilege to change or delete entries. */
export const SERVICE_ROLE = 'callmi_service';

const CONNECT_WITHIN_MS = 5_000;
/**
 * A silent network may give no error for hours, so a connection without an answer is given up after this time. It is longer than any wait
 * for a lock.
 */
const ANSWER_WITHIN_MS = 20_000;
const PROBE_AFTER_MS = 10_000;
const LOCK_WITHIN_MS = 5_000;
/** A process that stops in the middle of a transaction must not hold its locks for ever. */
const IDLE_WITHIN_MS = 30_000;

const { builtins, getTypeParser } = pg.types;

/** Whole numbers stay within the safe range, and dates are texts: neither needs a type of its own. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === builtins.INT8) return Number;
    if (oid === builtins.DATE) return (text: string) => text;
    return getTypeParser(oid, format) as never;
  },
};

/**
 * Answers are given after COMMIT, and COMMIT must mean that the data is on disk, also if the server's default is weaker; a stricter one
 * stays.
 */
const DURABLE = "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local')";

export type PostgresOptions = {
  /** The time without an answer to a statement after which its connection is given up, in milliseconds; 0: never. */
  readonly answerWithinMs?: number;
};

/** The service's connections to a database. `readOnly`: the server itself refuses writes through them. */
export function poolOf(
  url: string,
  max: number,
  { readOnly = false, answerWithinMs = ANSWER_WITHIN_MS }: PostgresOptions & { readonly readOnly?: boolean } = {},
): pg.Pool {
  const settings = [
    `default_transaction_isolation='read committed'`,
    `lock_timeout=${LOCK_WITHIN_MS}`,
    `idle_in_transaction_session_timeout=${IDLE_WITHIN_MS}`,
    // A longer read would block other reads.
    `statement_timeout=${answerWithinMs}`,
    ...(readOnly ? ['default_transaction_read_only=on'] : []),
  ];
  const prepare = [`set role ${SERVICE_ROLE}`, ...settings.map((setting) => `set ${setting}`), DURABLE].join('; ');
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: PROBE_AFTER_MS,
    application_name: 'callmi',
    query_timeout: answerWithinMs,
    // The statements of a transaction that do not wait for each other go out together.
    pipeline: !readOnly,
    // Set by statements, not by start-up options, which not every server and pooler accepts.
    onConnect: async (client) => void (await client.query(prepare)),
  });
  // A connection may break between statements: an idle one is replaced; in a transaction, the next statement fails.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return pool;
}

/** Runs `work` on a connection of the owner, the role in the URL. */
export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, types, connectionTimeoutMillis: CONNECT_WITHIN_MS, application_name: 'callmi' });
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw told(error, url);
  } finally {
    await client.end().catch(() => {});
  }
}

/** An error of connecting as a sentence for the operator, which names the server and the database; any other error as it is. */
export function told(error: unknown, url: string): unknown {
  const why = whyNotConnected(error);
  return why === undefined ? error : new StoreUnusable(`${nameOf(url)} ${why}`, { cause: error });
}

function whyNotConnected(error: unknown): string | undefined {
  const code = codeOf(error);
  if (code === '3D000') return 'is not there: create this database, empty, or correct its name in the URL';
  if (LOGIN.test(code ?? messageOf(error)))
    return `does not let in whom the URL names: correct the name or the password, or what the server lets in (${messageOf(error)})`;
  return isOutage(error) ? `cannot be reached: ${messageOf(error)}` : undefined;
}

/** PostgreSQL's codes for a refused login, and the driver's message if it has no password to send. */
const LOGIN = /^(28...$|SASL)/;

/** The error of a transaction, translated for the engine. */
export function translated(error: unknown): unknown {
  if (error instanceof Conflict) return error;
  if (isOutage(error)) return new StoreUnavailable('the database cannot be used just now', { cause: error });
  return isConflict(error) ? new Conflict() : error;
}
