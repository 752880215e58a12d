/**
 * The file `erasures.jsonl`, which lies where the keys are: a line for each person who was erased, with ids and a time. A backup does not hold
 * what was erased after it was made, so that the erasures are carried out again once it is restored.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Erased } from './redeem/index.ts';
import { folderOf, isId } from './store/index.ts';

const line = z.object({
  erasure_id: z.string().refine((id) => isId('era', id)),
  resident_id: z.string().refine((id) => isId('res', id)),
  erased_at: z.iso.datetime(),
});

/** The path of the file of a scheme. */
export function erasuresFile(databaseUrl: string): string {
  return join(folderOf(databaseUrl), 'erasures.jsonl');
}

/** Appends an erasure; it is on the disk when this returns. */
export function keepErasedIn(path: string, { erasureId, residentId, at }: Erased): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a+', 0o600);
  try {
    endLastLine(file, path);
    const told = { erasure_id: erasureId, resident_id: residentId, erased_at: new Date(at).toISOString() };
    appendFileSync(file, `${JSON.stringify(told)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Ends the last line if it was left open, so that the next one stands by itself; cuts it off if a power cut left only a part of it. */
function endLastLine(file: number, path: string): void {
  const { size } = fstatSync(file);
  const last = Buffer.from('\n');
  if (size > 0) readSync(file, last, 0, 1, size - 1);
  if (last.toString() === '\n') return;
  const text = readFileSync(path, 'utf8');
  const begin = text.lastIndexOf('\n') + 1;
  if (erasureOf(text.slice(begin))) appendFileSync(file, '\n');
  else ftruncateSync(file, Buffer.byteLength(text.slice(0, begin)));
}

/**
 * The erasures in the file, each once. A part of a last line that a power cut left is skipped: its erasure was not finished either. Throws on
 * any other line that is none.
 */
export function erasedIn(path: string): Erased[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  const found = new Map<string, Erased>();
  for (const [n, each] of lines.entries()) {
    const erased = each === '' ? undefined : erasureOf(each);
    if (erased) found.set(erased.erasureId, erased);
    else if (each !== '' && n < lines.length - 1) throw new Error(`line ${n + 1} of ${path} is no erasure: restore the file`);
  }
  return [...found.values()];
}

function erasureOf(text: string): Erased | undefined {
  const parsed = line.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { erasure_id: erasureId, resident_id: residentId, erased_at: at } = parsed.data;
  return { erasureId, residentId, at: Date.parse(at) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
