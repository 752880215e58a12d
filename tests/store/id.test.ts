import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { commandIds, hexOf, idOf, isId, prefixes } from '../../src/store/index.ts';
import { seededChance } from '../support/scheme.ts';

const chance = seededChance('ids');

it('ids are strictly increasing within a millisecond, also past the 4096 that its counter holds', () => {
  const next = commandIds(() => 1_750_000_000_000, chance);
  const made = Array.from({ length: 10_000 }, next);
  expect(made.filter((id, i) => i > 0 && id <= made[i - 1]!)).toEqual([]);
});

it('ids sort by time, and never run backwards when the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 43 }), { minLength: 2, maxLength: 200 }), (times) => {
      let i = 0;
      const next = commandIds(() => times[i++]!, chance);
      const made = times.map(() => next());
      expect(made).toEqual(made.toSorted());
      expect(new Set(made).size).toBe(made.length);
    }),
  );
});

it('an id is a UUIDv7 with its time in front', () => {
  const at = Date.parse('2026-03-02T10:00:00Z');
  const id = commandIds(() => at, chance)();
  expect(id).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  expect(Number.parseInt(id.slice(0, 12), 16)).toBe(at);
});

it('a prefix says what an id is of', () => {
  const id = idOf('vch', 'a'.repeat(32));
  expect(isId('vch', id)).toBe(true);
  expect(isId('red', id)).toBe(false);
  expect(isId('vch', `${id}0`)).toBe(false);
  expect(hexOf(id)).toBe('a'.repeat(32));
  const short = Object.values(prefixes);
  expect(new Set(short).size).toBe(short.length);
});
