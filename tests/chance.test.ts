import { expect, test } from 'vitest';
import { pooled } from '../src/chance.ts';

test('a pool of random bytes gives each byte of its source once, whatever sizes it is asked for', () => {
  let next = 0;
  const asked: number[] = [];
  const counting = (bytes: number) => {
    asked.push(bytes);
    return Uint8Array.from({ length: bytes }, () => next++);
  };
  const chance = pooled(counting);
  expect([...chance(3), ...chance(2)]).toEqual([0, 1, 2, 3, 4]);
  const drawn = chance(4);
  drawn.fill(0);
  expect([...chance(2)]).toEqual([9, 10]);
  expect(chance(10_000)).toHaveLength(10_000);
  expect(chance(1)).toHaveLength(1);
  expect(asked).toEqual([8_192, 10_000, 8_192]);
});
