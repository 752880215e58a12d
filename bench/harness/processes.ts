/** The processes of a benchmark: servers, and the load. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LoadJob, LoadResult } from './load.ts';

const START_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 60_000;
/** Beyond the seconds that a load is given: to read its requests, to warm the server up, and to sum up. */
const LOAD_EXTRA_MS = 120_000;

/** A process that serves on a port of 127.0.0.1 until it is disposed of. */
export type Served = AsyncDisposable & { readonly port: number };

export type ServeOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** Where its standard output goes. */
  readonly log: string;
  /** Arguments of node itself. */
  readonly nodeArgs?: readonly string[];
};

/** Starts a script of `bench/` that calls `serveParent`. */
export async function serve(script: string, { env = {}, log, nodeArgs = [] }: ServeOptions): Promise<Served> {
  const out = openSync(log, 'w');
  const child = spawn(process.execPath, [...nodeArgs, pathOf(script)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', out, 'inherit', 'ipc'],
  });
  closeSync(out);
  const stop = async () => {
    if (child.connected) child.send('stop');
    await ended(child, STOP_WITHIN_MS);
  };
  try {
    const { port } = await told<{ port: number }>(child, script, START_WITHIN_MS);
    return { port, [Symbol.asyncDispose]: stop };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

/** Runs the load in a process of its own. Throws if any answer was not a success. */
export async function runLoad(job: LoadJob): Promise<LoadResult> {
  const args = [pathOf('harness/load.ts'), JSON.stringify(job)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  try {
    return await told<LoadResult>(child, 'the load', job.seconds * 1_000 + LOAD_EXTRA_MS);
  } finally {
    await ended(child, 1_000);
  }
}

function pathOf(script: string): string {
  return fileURLToPath(new URL(`../${script}`, import.meta.url));
}

/** The first thing that a process tells. */
function told<T>(child: ChildProcess, name: string, withinMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} has said nothing for ${withinMs / 1_000} s`)), withinMs);
    child.once('message', (message) => resolve(message as T));
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${name} ended (${signal ?? code}); what it said stands above`)));
    child.once('message', () => clearTimeout(timer)).once('exit', () => clearTimeout(timer));
  });
}

/** Waits until a process has ended; ends it if that takes too long. */
async function ended(child: ChildProcess, withinMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
  await new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  clearTimeout(timer);
}
