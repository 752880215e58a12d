/** The process: opens the database, builds the service, listens, and closes gracefully. */
import { randomBytes } from 'node:crypto';
import closeWithGrace from 'close-with-grace';
import { buildApp, createLogger } from './api/index.ts';
import { pooled } from './chance.ts';
import { deliveryOf } from './code-delivery.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { startJobs } from './jobs.ts';
import { KeysError } from './keys.ts';
import { servePages } from './pages.ts';
import { openService } from './service.ts';
import { type FoldedAlike, StoreUnusable } from './store/index.ts';

const CLOSE_WITHIN_MS = 30_000;

async function start(config: Config): Promise<void> {
  const chance = pooled(randomBytes);
  const logger = createLogger(config.logLevel);
  const tellMigration = (found: FoldedAlike) => logger.warn(alike(found), 'two references fold alike: both stay as they were booked');
  const service = await openService(config, { clock: Date.now, chance, checkpointInWorker: true, tellMigration });
  const deliverCode = await deliveryOf(config, service.store);
  const app = await buildApp({ ...service, config, logger, deliverCode });
  if (!(await servePages(app, chance))) logger.info('there are no pages: npm run build makes them');
  const stopJobs = startJobs({ ...service, view: service.store }, logger);
  closeWithGrace({ delay: CLOSE_WITHIN_MS, logger }, async ({ err }) => {
    if (err) logger.error({ err }, 'stopped by an error');
    await app.close();
    await stopJobs();
    await service.close();
  });
  await app.listen({ port: config.port, host: config.host, listenTextResolver: (address) => `CallMi listens at ${address}` });
}

/** References that fold alike, by their ids: the log tells no text that a person wrote. */
function alike({ community, of, first, other }: FoldedAlike) {
  return { community, of, first: first.id, other: other.id };
}

/** An error that the operator can fix is one sentence; a stack would only hide it. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof KeysError || error instanceof StoreUnusable) return error.message;
  if (error instanceof Error && 'code' in error && 'port' in error) return `HOST and PORT cannot be listened on: ${error.message}.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await start(readConfig(process.env));
} catch (error) {
  process.stderr.write(`callmi: ${explain(error)}\n`);
  process.exit(1);
}
