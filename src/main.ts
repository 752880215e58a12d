/** The process: opens the database, builds the service, listens, and closes gracefully. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import closeWithGrace from 'close-with-grace';
import type { Logger } from 'pino';
import { buildApp, createLogger, metricsOfService, metricsServer } from './api/index.ts';
import { pooled } from './chance.ts';
import { machineClock } from './clock.ts';
import { clockGuard } from './clock-guard.ts';
import { deliveryOf } from './delivery.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { erasuresFile, keepErasedIn } from './erasures-file.ts';
import { startJobs } from './jobs.ts';
import { KeysError } from './keys.ts';
import { connectionsMax } from './open-files.ts';
import { servePages } from './pages.ts';
import { openService, type Service } from './service.ts';
import type { TextKind } from './access/index.ts';
import { type DeliverText, type Texting, textingOf } from './communities/index.ts';
import { type FoldedAlike, nameOf, rowByKey, type Store, StoreUnusable } from './store/index.ts';
import { version } from './version.ts';

const CLOSE_WITHIN_MS = 30_000;

/** Starts, or logs why it did not: an operator who reads the log alone would see a start without an end. */
async function startLogged(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  try {
    await start(config, logger);
  } catch (error) {
    logger.fatal(`CallMi did not start: ${explain(error)}`);
    throw error;
  }
}

async function start(config: Config, logger: Logger): Promise<void> {
  logger.info({ version, database: nameOf(config.databaseUrl), node: process.version }, 'CallMi starts');
  const chance = pooled(randomBytes);
  const tellMigration = (found: FoldedAlike) => logger.warn(alike(found), 'two references fold alike: both stay as they were booked');
  const watched = machineClock();
  const guard = clockGuard(watched, logger);
  const service = await openService(config, { clock: watched.now, halted: guard.halted, chance, checkpointInWorker: true, tellMigration });
  await guard.watch(service.store);
  const delivery = await deliveryOf(config, service.store);
  const texting = delivery && textingFor(service, delivery.deliverText, logger);
  const metrics = metricsOfService({ ...service, clockTrouble: guard.trouble });
  const limits = { ...config, connectionsMax: connectionsMax() };
  const app = await buildApp({
    ...service,
    config: limits,
    logger,
    deliverCode: delivery?.deliverCode,
    tell: texting?.tell,
    metrics,
    clockTrouble: guard.trouble,
  });
  if (!(await servePages(app, chance))) logger.info('there are no pages: npm run build makes them');
  await warnUnfounded(service.store, logger);
  const keepErased = keepErasedIn.bind(null, erasuresFile(config.databaseUrl));
  const stopJobs = startJobs({ ...service, view: service.store, halted: guard.halted, texting, keepErased }, logger);
  const apart = config.metricsPort === undefined ? undefined : await listenForMetrics(metricsServer(metrics), config, logger);
  closeWithGrace({ delay: CLOSE_WITHIN_MS, logger }, async ({ err, signal }) => {
    if (err) logger.error({ err }, 'stopped by an error');
    logger.info({ signal }, 'CallMi stops: it answers what is under way');
    await app.close();
    apart?.close();
    await stopJobs();
    await texting?.stop();
    guard.stop();
    await service.close();
    logger.info('CallMi has stopped');
  });
  await app.listen({ port: config.port, host: config.host, listenTextResolver: (address) => `CallMi listens at ${address}` });
}

/** The sending of messages to phones. The log tells the kind of one that was not taken, and neither the number nor the text. */
function textingFor(service: Service, deliver: DeliverText, logger: Logger): Texting {
  const onFailure = (error: unknown, kind: TextKind) => logger.error({ err: error, kind }, 'a message to a phone could not be delivered');
  return textingOf({ ...service, view: service.store, deliver, pause: async (ms) => setTimeout(ms), onFailure });
}

/** References that fold alike, by their ids: the log tells no text that a person wrote. */
function alike({ community, of, first, other }: FoldedAlike) {
  return { community, of, first: first.id, other: other.id };
}

async function listenForMetrics(server: Server, { metricsPort, host }: Config, logger: Logger): Promise<Server> {
  server.listen(metricsPort, host);
  await once(server, 'listening');
  logger.info(`metrics are at port ${(server.address() as AddressInfo).port}`);
  return server;
}

async function warnUnfounded(store: Store, logger: Logger): Promise<void> {
  if (await rowByKey(store, 'scheme', 'founded_at')) return;
  logger.warn('this database holds no scheme: check that DATABASE_URL names the right one, or run callmi init to found one');
}

/** An error that the operator can fix is one sentence; a stack would only hide it. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof KeysError || error instanceof StoreUnusable) return error.message;
  if (error instanceof Error && 'syscall' in error && (error.syscall === 'listen' || error.syscall === 'getaddrinfo'))
    return `HOST and PORT, or METRICS_PORT, cannot be listened on: ${error.message}.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await startLogged(readConfig(process.env));
} catch (error) {
  process.stderr.write(`callmi: ${explain(error)}\n`);
  process.exit(1);
}
