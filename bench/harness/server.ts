/** The server under test: the service as `src/main.ts` builds it, and one route more that does everything but the command. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { buildApp, createLogger } from '../../src/api/index.ts';
import { pooled } from '../../src/chance.ts';
import { readConfig } from '../../src/config.ts';
import { openService } from '../../src/service.ts';
import { serveParent } from './child.ts';
import { addNoop } from './noop.ts';

const config = readConfig(process.env);
const service = await openService(config, { clock: Date.now, chance: pooled(randomBytes), checkpointInWorker: true });
const app = await buildApp({ ...service, config, logger: createLogger(config.logLevel) });
addNoop(app);
await app.listen({ port: 0, host: '127.0.0.1' });
serveParent((app.server.address() as AddressInfo).port, async () => {
  await app.close();
  await service.close();
});
