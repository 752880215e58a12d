/**
 * A global setup: the programs that tests start as processes of their own, each bundled with its packages. From its sources a process
 * resolves and reads a thousand files before it does anything; from a bundle it is there in a quarter of the time.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { roomyFolder } from './roomy-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the bundled programs. */
    programs: string;
  }
}

const root = resolve(import.meta.dirname, '../..');

/** Where each program begins, by its name. */
const programs = { main: 'src/main.ts', callmi: 'src/cli/main.ts', settler: 'tests/support/settler.ts' };

/** Packages that are compiled, or that look for files beside themselves. */
const external = ['better-sqlite3', 'pg', 'pino', 'vite', '@scalar/fastify-api-reference'];

/** The programs look for these: they lie two folders below the root, as `src/store` does. */
const besides: Readonly<Record<string, string>> = {
  migrations: 'migrations',
  node_modules: 'node_modules',
  'package.json': 'package.json',
  'src/web': 'web',
  'src/programs/sqlite-checkpoint.ts': 'src/store/sqlite-checkpoint.ts',
  'src/programs/workbook-worker.ts': 'src/api/workbook-worker.ts',
};

export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(roomyFolder(), 'callmi-programs-'));
  const outDir = join(folder, 'src/programs');
  mkdirSync(outDir, { recursive: true });
  for (const [place, original] of Object.entries(besides)) symlinkSync(join(root, original), join(folder, place));
  const output = { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' };
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external },
    build: { ssr: true, minify: false, outDir, emptyOutDir: false, rolldownOptions: { input: programs, output } },
  });
  project.provide('programs', outDir);
  return () => rmSync(folder, { recursive: true, force: true });
}
