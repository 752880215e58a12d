/**
 * The file `erasures.jsonl`, which lies where the keys are: a line for each person who was erased, with ids and a time. A backup does not hold
 * what was erased after it was made, so that the erasures are carried out again once it is restored.
 */
import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs';
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

/** Appends an erasure; it is on the disk when this returns. A last line that a power cut left unfinished is taken away before. */
export function keepErasedIn(path: string, { erasureId, residentId, at }: Erased): void {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path)) truncateSync(path, wholeLines(readFileSync(path)).length);
  const file = openSync(path, 'a', 0o600);
  try {
    const told = { erasure_id: erasureId, resident_id: residentId, erased_at: new Date(at).toISOString() };
    appendFileSync(file, `${JSON.stringify(told)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * The erasures in the file, each once. A last line that a power cut left unfinished is skipped: its erasure was not finished either. Throws on
 * any other line that is none.
 */
export function erasedIn(path: string): Erased[] {
  if (!existsSync(path)) return [];
  const whole = wholeLines(readFileSync(path)).toString('utf8');
  const found = new Map<string, Erased>();
  for (const [n, each] of whole.split('\n').entries()) {
    if (each === '') continue;
    const parsed = line.safeParse(jsonOf(each));
    if (!parsed.success) throw new Error(`line ${n + 1} of ${path} is no erasure: restore the file`);
    const { erasure_id: erasureId, resident_id: residentId, erased_at: at } = parsed.data;
    found.set(erasureId, { erasureId, residentId, at: Date.parse(at) });
  }
  return [...found.values()];
}

function wholeLines(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
