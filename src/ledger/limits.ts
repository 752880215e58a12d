import { hash } from 'node:crypto';
import { remembering } from './remembering.ts';

/**
 * The key of a limit's use: 16 bytes as hex digits, which begin with its period (`2026-11-24`, or a month, a year, or nothing), so that the
 * keys of today lie together, and old ones can be recognised.
 */
export function limitKey(period: string, ...about: readonly string[]): string {
  return keyOf(`${period}\n${about.join('\n')}`);
}

/** A command needs the same keys several times on its way. */
const KEYS_REMEMBERED = 20_000;

const keyOf = remembering(KEYS_REMEMBERED, (text) => {
  const end = text.indexOf('\n');
  return text.slice(0, end).replaceAll('-', '').padEnd(8, '0') + hash('sha256', text.slice(end + 1), 'hex').slice(0, 24);
});
