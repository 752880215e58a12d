/** The parts of a `DATABASE_URL`, and the place of its scheme's files. */
import { dirname } from 'node:path';
import { StoreUnusable } from './store.ts';

const DEFAULT_FOLDER = './data';

export type Engine = 'sqlite' | 'postgres';

/** The engine of a URL. Throws `StoreUnusable` for any other URL. */
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

/** The name of a database for operators: its file, or its server and name, without the password. */
export function nameOf(url: string): string {
  if (engineOf(url) === 'sqlite') return url.slice('file:'.length);
  const parsed = URL.parse(url);
  if (!parsed) throw new StoreUnusable('DATABASE_URL cannot be read: write special characters of a password as %23 and the like');
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}

/** The folder for a scheme's files outside its database: beside the file of SQLite, and `data` otherwise. */
export function folderOf(url: string): string {
  return engineOf(url) === 'sqlite' ? dirname(fileOf(url)) : DEFAULT_FOLDER;
}
