/**
 * Loaded into every process of a recording run, those that tests start as well: notes in the file that `MUTATIONS_REACHED` names, a line
 * each, which test file reaches which mutant: `own`, `child` (in a process that it started) or `load`, the test file, the mutant's number.
 */
import { appendFileSync } from 'node:fs';

const notes = process.env['MUTATIONS_REACHED'];
const startedBy = process.env['MUTATIONS_TEST'];
const noted = new Set<string>();

function mutantReached(number: number): void {
  const test = process.env['MUTATIONS_TEST'];
  const line = `${startedBy ? 'child' : test ? 'own' : 'load'}\t${startedBy ?? test ?? ''}\t${number}\n`;
  if (!notes || noted.has(line)) return;
  noted.add(line);
  appendFileSync(notes, line);
}

Object.assign(globalThis, { mutantReached });
