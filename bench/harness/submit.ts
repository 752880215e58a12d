/** Commands by the system's own hand, many at a time: what is measured later is prepared through the same engine. */
import { randomUUIDv7 } from 'node:crypto';
import type { Command } from '../../src/ledger/index.ts';
import type { Service } from '../../src/service.ts';

/** Enough for full batches, and half of what the engine's queue holds. */
const AT_ONCE = 4_096;
const TELL_EVERY_MS = 5_000;

export async function submit<I, R>({ engine, secrets }: Service, command: Command<I, R>, input: I): Promise<R> {
  const key = randomUUIDv7();
  const hash = secrets.hash('request', key);
  const outcome = await engine.bySystem(command, input, key, { hash });
  if ('refused' in outcome) throw new Error(`${command.name} was refused: ${outcome.refused} ${JSON.stringify(outcome.details)}`);
  return outcome.reply;
}

/** Submits a command for each input; gives the replies in the order of the inputs. */
export async function submitAll<I, R>(service: Service, command: Command<I, R>, inputs: readonly I[]): Promise<R[]> {
  const replies: R[] = [];
  const tell = progressOf(command.name, inputs.length);
  for (let from = 0; from < inputs.length; from += AT_ONCE) {
    const some = inputs.slice(from, from + AT_ONCE);
    replies.push(...(await Promise.all(some.map((input) => submit(service, command, input)))));
    tell(replies.length);
  }
  return replies;
}

/** Tells how far something long has come, every few seconds. */
export function progressOf(what: string, total: number): (done: number) => void {
  const began = performance.now();
  let told = began;
  return (done) => {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    const perSecond = Math.round((done * 1_000) / (now - began));
    process.stderr.write(`  ${what}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}, ${perSecond.toLocaleString('en')}/s\n`);
  };
}
