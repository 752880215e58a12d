/** Workbooks are read in a thread of their own: a large one takes a second, and a crafted one what it likes, while every till would wait. */
import { Worker } from 'node:worker_threads';
import { type SheetRow, TooLarge } from '../workbook/index.ts';
import { unavailable } from './http/commands.ts';
import type { Asked, Said } from './workbook-worker.ts';

/**
 * Reads the unpacked parts of a workbook as `rowsOfParts` does, and throws as it does; another error if that takes too long or too much memory.
 * Throws the problem `unavailable` if too many wait already.
 */
export type ReadWorkbook = (parts: Asked['parts'], cellsMax: number) => Promise<readonly SheetRow[]>;

/** Workbooks that are read or wait at once: each holds its parts in memory. */
const WAITING_MAX = 8;
const HEAP_MAX_MIB = 256;
const READ_MS = 10_000;

/** A reader that takes one workbook at a time, and gives each `readMs` milliseconds. */
export function workbookReader(readMs = READ_MS): ReadWorkbook {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async (parts, cellsMax) => {
    if (waiting >= WAITING_MAX) throw unavailable('too many workbooks wait to be read');
    waiting++;
    const reading = last.then(async () => inThread({ parts, cellsMax }, readMs)).finally(() => waiting--);
    last = reading.catch(() => {});
    return reading;
  };
}

async function inThread(asked: Asked, readMs: number): Promise<readonly SheetRow[]> {
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), {
    workerData: asked,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MIB },
  });
  const timer = setTimeout(() => void worker.terminate(), readMs);
  try {
    const { rows } = await new Promise<Said>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the workbook was not read to its end')));
    });
    if (rows === null) throw new TooLarge();
    return rows;
  } finally {
    clearTimeout(timer);
  }
}
