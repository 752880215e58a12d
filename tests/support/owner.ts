/** What is done to the PostgreSQL server under test by its owner, past our own code. */
import pg from 'pg';

/** The database that every test's own is a copy of: copying costs a fraction of migrating. */
export const TEMPLATE = 'callmi_template';

/** Runs a statement that is about a whole database, from beside it. `server` is a URL without a database. */
export async function asOwner(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
