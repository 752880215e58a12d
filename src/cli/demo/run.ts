import { randomBytes } from 'node:crypto';
import type { Scheme } from '../../../seeds/index.ts';
import { buildApp, createLogger } from '../../api/index.ts';
import { nameOf } from '../../store/index.ts';
import type { Config } from '../../config.ts';
import { tallyClosedDays } from '../../clearing/index.ts';
import { addDays, dayOf } from '../../ledger/index.ts';
import { expireDue } from '../../redeem/index.ts';
import { openService, type Service } from '../../service.ts';
import { closeStory } from './closing.ts';
import { credentialsPath, writeCredentials } from './credentials.ts';
import { firstMorning, makeHistory } from './history.ts';
import { callerOf } from './http.ts';
import type { Out } from './out.ts';
import { makeRoom } from './place.ts';
import { settlesMonth } from './settlement.ts';
import { playStory } from './story.ts';
import { tellerOf } from './teller.ts';

const YEAR_DAYS = 365;

export type DemoOptions = {
  /** Whether a database that the demo did not make may be moved aside. */
  readonly force: boolean;
  /** The share of the full number of residents and deeds. */
  readonly scale: number;
};

/** Makes the scheme and tells its story; returns whether everything is correct. */
export async function runDemo(config: Config, { force, scale }: DemoOptions, out: Out): Promise<boolean> {
  const today = dayOf(Date.now());
  const firstDay = addDays(today, -YEAR_DAYS);
  out.say(`CALL Me(米): a demo, in ${nameOf(config.databaseUrl)}`);
  const moved = await makeRoom(config.databaseUrl, force);
  if (moved !== undefined) out.say(moved);
  out.say();
  // The scheme is established a year ago; from the story on, its clock is the real one.
  let clock = () => firstMorning(firstDay);
  const service = await openService(config, { clock: () => clock(), chance: randomBytes, anew: moved !== undefined || force });
  try {
    const established = (scheme: Scheme) => writeCredentials(config.databaseUrl, scheme);
    const scheme = await makeHistory({ service, out, firstDay, today, scale, newSecret, established });
    clock = Date.now;
    // Books the expiries of the night, as a server does when it starts.
    const deps = { ...service, view: service.store };
    await expireDue(deps);
    while ((await tallyClosedDays(deps)) > 0);
    await tellStory(config, service, scheme, out);
    sayWhatNext(config, out);
    return await closeStory(service, scheme.communities, out);
  } finally {
    await service.close();
  }
}

/** Serves the scheme on a free port during the story. */
async function tellStory(config: Config, service: Service, scheme: Scheme, out: Out): Promise<void> {
  const app = await buildApp({ ...service, config, logger: createLogger('silent') });
  try {
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    out.say();
    out.say(`Today, over HTTP at ${address}:`);
    const teller = tellerOf(out, callerOf(address), scheme.street[0]!.credential);
    const cast = { scheme, teller, today: dayOf(service.clock()) };
    await playStory(cast);
    await settlesMonth(cast);
  } finally {
    await app.close();
  }
}

function sayWhatNext(config: Config, out: Out): void {
  out.say();
  out.say('`npm start` serves this scheme. Who may sign in, tills, officers and residents, is in');
  out.say(`${credentialsPath(config.databaseUrl)}, for you alone to read.`);
  out.say();
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
