import type { Readable } from 'node:stream';
import { setImmediate as others } from 'node:timers/promises';
import { onTestFinished, expect, test } from 'vitest';
import { Problem } from '../../src/api/http/problem.ts';
import { VoucherWatch, WATCH_LIMITS, type WatchLimits } from '../../src/api/routes/voucher-watch.ts';
import { until } from '../support/events.ts';

/** A watch over marks that the test sets, and what went on. */
function watching(limits: Partial<WatchLimits> = {}) {
  const marks = new Map<string, string>();
  const state = { marks, looks: 0, looked: [] as string[], shown: 0, failures: 0, away: false };
  const watch = new VoucherWatch(
    {
      async marks(ids) {
        state.looks++;
        state.looked.push(...ids);
        await others();
        if (state.away) throw new Error('the database is away');
        return new Map(ids.flatMap((id) => (marks.has(id) ? [[id, marks.get(id)!] as const] : [])));
      },
      async show(ids) {
        state.shown++;
        await others();
        return new Map(ids.map((id) => [id, `${id} ${marks.get(id)}`]));
      },
      failed: () => state.failures++,
    },
    { ...WATCH_LIMITS, lookMs: 5, ...limits },
  );
  onTestFinished(() => watch.close());
  return { watch, state };
}

function hear(stream: Readable): { text: string; ended: boolean } {
  const heard = { text: '', ended: false };
  stream.on('data', (piece: Buffer) => (heard.text += String(piece)));
  stream.on('end', () => (heard.ended = true));
  return heard;
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Problem).code;
  }
  return 'none';
}

test('everybody who watches is told at once, and again whenever it changes, and nothing twice', async () => {
  const { watch, state } = watching();
  state.marks.set('a', '1').set('b', '1');
  const [first, second, other] = [watch.open('x', 'a'), watch.open('y', 'a'), watch.open('z', 'b')].map(hear);
  await until('all being told', () => [first, second, other].every((each) => each!.text.includes('event')));
  state.marks.set('a', '2');
  await until('both being told anew', () => [first, second].every((each) => each!.text.includes('a 2')));
  const looks = state.looks;
  await until('some more looks', () => state.looks > looks + 3);
  expect(first!.text).toBe('retry: 1000\n\nevent: voucher\ndata: a 1\n\nevent: voucher\ndata: a 2\n\n');
  expect(second!.text).toBe(first!.text);
  expect(other!.text).toBe('retry: 1000\n\nevent: voucher\ndata: b 1\n\n');
});

test('it looks only while somebody listens', async () => {
  const { watch, state } = watching();
  state.marks.set('a', '1');
  const other = watching();
  hear(other.watch.open('z', 'c'));
  for (const client of ['x', 'y']) {
    const stream = watch.open(client, 'a');
    const heard = hear(stream);
    await until('being told', () => heard.text.includes('a 1'));
    stream.destroy();
    await until('nobody being left', () => watch.size === 0);
    const [{ looks }, before] = [state, other.state.looks];
    await until('another watch looking on and on', () => other.state.looks > before + 10);
    expect(state.looks).toBe(looks);
  }
});

test('somebody who comes again and again is told at once, and does not have all the others looked at', async () => {
  const { watch, state } = watching({ lookMs: 60_000 });
  state.marks.set('a', '1').set('b', '1');
  const waiting = hear(watch.open('x', 'a'));
  await until('being told', () => waiting.text.includes('a 1'));
  for (let n = 0; n < 20; n++) {
    const stream = watch.open('y', 'b');
    const heard = hear(stream);
    await until('being told', () => heard.text.includes('b 1'));
    stream.destroy();
    await until('having gone', () => watch.size === 1);
  }
  expect(state.looked.filter((id) => id === 'b')).toHaveLength(20);
  expect(state.looked.filter((id) => id === 'a')).toHaveLength(1);
});

test('a database that is away for a while ends nothing, and is told of once', async () => {
  const { watch, state } = watching();
  state.marks.set('a', '1');
  state.away = true;
  const heard = hear(watch.open('x', 'a'));
  await until('some looks', () => state.looks > 5);
  expect([heard.text, heard.ended, state.failures]).toEqual(['retry: 1000\n\n', false, 1]);
  state.away = false;
  await until('being told', () => heard.text.includes('a 1'));
  state.away = true;
  await until('a second outage', () => state.failures === 2);
  expect(heard.ended).toBe(false);
});

test('a client has only so many streams, and a process', async () => {
  const { watch } = watching({ clientMax: 2, max: 3 });
  const streams = [watch.open('x', 'a'), watch.open('x', 'b')].map((stream) => stream.on('data', () => {}));
  expect(codeOf(() => watch.open('x', 'c'))).toBe('too_many_streams');
  watch.open('y', 'a');
  expect(codeOf(() => watch.open('z', 'a'))).toBe('unavailable');
  streams[0]!.destroy();
  await until('room', () => watch.size === 2);
  watch.open('x', 'c');
  expect(watch.size).toBe(3);
});

test('a stream is commented on while nothing happens, and ends after a while', async () => {
  const { watch, state } = watching({ commentMs: 10, streamMs: 100 });
  state.marks.set('a', '1');
  const heard = hear(watch.open('x', 'a'));
  await until('the end', () => heard.ended);
  expect(heard.text).toMatch(/data: a 1\n\n:\n\n:\n\n/);
  await until('nobody being left', () => watch.size === 0);
});

test('closing ends all streams, and no more are opened', async () => {
  const { watch } = watching();
  const heard = ['x', 'y'].map((client) => hear(watch.open(client, 'a')));
  watch.close();
  await until('the end', () => heard.every(({ ended }) => ended));
  expect(codeOf(() => watch.open('z', 'a'))).toBe('unavailable');
  await until('nobody being left', () => watch.size === 0);
});
