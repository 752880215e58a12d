/** What a `DATABASE_URL` names, and where the files of its scheme lie. */
import { dirname } from 'node:path';
import { StoreUnusable } from './store.ts';

const DEFAULT_FOLDER = './data';

export type Engine = 'sqlite' | 'postgres';

/** Which engine a URL is for. Throws `StoreUnusable` on a URL of neither. */
export function engineOf(url: string): Engine {
  if (url.startsWith('file:')) return 'sqlite';
  if (/^postgres(ql)?:\/\//.test(url)) return 'postgres';
  throw new StoreUnusable(`DATABASE_URL must start with file: or postgres: (got ${url.split(':', 1)[0]}:)`);
}

/** The path in a `file:` URL, relative or absolute: `file:./data/callmi.db`. Throws `StoreUnusable` on any other URL. */
export function fileOf(url: string): string {
  if (engineOf(url) !== 'sqlite') throw new StoreUnusable(`${nameOf(url)} is not a file: this is for a file: database only`);
  const file = url.slice('file:'.length);
  if (file === '') throw new StoreUnusable('DATABASE_URL names no file');
  return file;
}

/** What an operator calls a database: its file, or its server and name, without the password. */
export function nameOf(url: string): string {
  if (engineOf(url) === 'sqlite') return url.slice('file:'.length);
  const parsed = URL.parse(url);
  if (!parsed) throw new StoreUnusable('DATABASE_URL cannot be read: write special characters of a password as %23 and the like');
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}

/** The folder of what belongs to a scheme but not into its database: beside the file of SQLite, and `data` otherwise. */
export function folderOf(url: string): string {
  return engineOf(url) === 'sqlite' ? dirname(fileOf(url)) : DEFAULT_FOLDER;
}
