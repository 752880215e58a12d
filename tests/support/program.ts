import { join } from 'node:path';
import { inject } from 'vitest';

// Their processes keep what they compile beside the programs: the next run has others.
process.env['NODE_COMPILE_CACHE'] = join(inject('programs'), 'compiled');

/** The file by which a test starts a process: see `bundle.ts`. */
export function program(name: 'main' | 'callmi' | 'settler'): string {
  return join(inject('programs'), `${name}.js`);
}
