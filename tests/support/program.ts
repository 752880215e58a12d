import { join } from 'node:path';
import { inject } from 'vitest';

// What their processes compile is kept beside the programs, and gone with them: the next run has others.
process.env['NODE_COMPILE_CACHE'] = join(inject('programs'), 'compiled');

/** The file by which a test starts a process: see `bundle.ts`. */
export function program(name: 'main' | 'callmi' | 'settler'): string {
  return join(inject('programs'), `${name}.js`);
}
