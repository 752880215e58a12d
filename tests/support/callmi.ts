import { execFile } from 'node:child_process';
import { keysInEnvironment } from './keys.ts';
import { program } from './program.ts';
import { tempFolder } from './temp-folder.ts';

const main = program('callmi');

type Said = { readonly code: number; readonly out: string; readonly err: string };

/** Runs `callmi` as an operator does, in a folder of its own, with the keys of the tests, on the database that a URL names. */
export function callmi(url: string, ...args: string[]): Promise<Said> {
  return callmiIn({}, url, ...args);
}

/** The same in an environment of its own. */
export function callmiIn(more: NodeJS.ProcessEnv, url: string, ...args: string[]): Promise<Said> {
  const env = { ...process.env, ...keysInEnvironment, DATABASE_URL: url, ...more };
  return new Promise((done) => {
    const child = execFile(process.execPath, [main, ...args], { cwd: tempFolder(), env }, (_error, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
}
