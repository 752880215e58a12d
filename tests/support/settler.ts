/** A process that settles days as `callmi settle` does, once its parent says so: it is there to be killed. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { settleThrough } from '../../src/clearing/index.ts';
import { readConfig } from '../../src/config.ts';
import { openService } from '../../src/service.ts';
import { engineOver } from './engine-over.ts';

/** What it is told to do. */
export type Settling = {
  readonly throughDay: string;
  /** It kills itself, at once, when so many of its commands are done. */
  readonly commands?: number | undefined;
};

const service = await openService(readConfig(process.env), { clock: Date.now, chance: randomBytes });
process.send!('ready');
const [{ throughDay, commands }] = (await once(process, 'message')) as [Settling];
let done = 0;
const engine = engineOver(async (submission) => {
  const outcome = await service.engine.submit(submission);
  if (++done === commands) process.kill(process.pid, 'SIGKILL');
  return outcome;
});
await settleThrough({ view: service.store, engine, clock: service.clock }, throughDay);
process.send!('done');
await service.close();
process.disconnect!();
