import { hash } from 'node:crypto';

/**
 * The key of a limit's use: 16 bytes as hex digits, the day it is about in front (`2026-11-24`, or a month, a year, or nothing), so that what
 * is used today lies together, and what is long past can be told.
 */
export function limitKey(period: string, ...about: readonly string[]): string {
  const text = [period, ...about].join('\n');
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= KEYS_REMEMBERED) remembered.clear();
  const key = keyOf(period, about);
  remembered.set(text, key);
  return key;
}

/** A command asks for the same keys several times on its way. */
const KEYS_REMEMBERED = 20_000;
const remembered = new Map<string, string>();

function keyOf(period: string, about: readonly string[]): string {
  return period.replaceAll('-', '').padEnd(8, '0') + hash('sha256', about.join('\n'), 'hex').slice(0, 24);
}
