/** A worker thread that reads one workbook, says its rows or that it is too large, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { rowsOfParts, type SheetRow, TooLarge } from '../workbook/index.ts';

export type Asked = { readonly parts: Record<string, Uint8Array>; readonly cellsMax: number };

/** The rows; null: the workbook is too large. */
export type Said = { readonly rows: readonly SheetRow[] | null };

const { parts, cellsMax } = workerData as Asked;

async function said(): Promise<Said> {
  try {
    return { rows: await rowsOfParts(parts, cellsMax) };
  } catch (error) {
    if (error instanceof TooLarge) return { rows: null };
    throw error;
  }
}

parentPort!.postMessage(await said(), []);
