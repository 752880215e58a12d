import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { seldom } from '../../src/store/seldom.ts';

let looks = 0;
let found: string | undefined;
let asked: () => Promise<string | undefined>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  [looks, found] = [0, undefined];
  asked = seldom(async () => {
    looks++;
    if (found === 'thrown') throw new Error('unreachable');
    return found;
  });
});

it('a probe that finds nothing costs one look a second, however many ask', async () => {
  await Promise.all(Array.from({ length: 100 }, asked));
  expect(looks).toBe(1);
  vi.advanceTimersByTime(999);
  expect(await asked()).toBeUndefined();
  expect(looks).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await asked()).toBeUndefined();
  expect(looks).toBe(2);
});

it('what hinders is told as long as it does, and no longer', async () => {
  found = 'full';
  expect(await Promise.all([asked(), asked()])).toEqual(['full', 'full']);
  expect(await asked()).toBe('full');
  expect(looks).toBe(2);
  found = 'thrown';
  await expect(asked()).rejects.toThrow('unreachable');
  found = undefined;
  expect(await asked()).toBeUndefined();
});
