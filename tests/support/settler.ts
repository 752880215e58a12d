/** A process that settles days as `callmi settle` does, once its parent says so: it is there to be killed. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { settleThrough } from '../../src/clearing/index.ts';
import { readConfig } from '../../src/config.ts';
import { openService } from '../../src/service.ts';

const service = await openService(readConfig(process.env), { clock: Date.now, chance: randomBytes });
process.send!('ready');
const [throughDay] = (await once(process, 'message')) as [string];
await settleThrough({ ...service, view: service.store }, throughDay);
process.send!('done');
await service.close();
process.disconnect();
