import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { roomyFolder } from './roomy-folder.ts';

/** A folder that is gone when the test is. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(roomyFolder(), 'callmi-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
