/** One run: a server of its own, its callers' tokens, and a load against it. */
import type { Bench } from './bench.ts';
import type { Run } from './figures.ts';
import type { LoadResult } from './load.ts';
import { runLoad, serve, type Served } from './processes.ts';
import { profileFolder } from './profiles.ts';
import { type Sent, writeRequests } from './requests.ts';
import type { Credential } from './scheme.ts';
import { type SchemeKeys, settingsOf } from './settings.ts';
import { bearersOf, type Bearers } from './tokens.ts';

export type Place = { readonly url: string; readonly keys: SchemeKeys };

export type Workload = {
  readonly name: string;
  readonly round: number;
  /** The clients that send requests; each is given a token first. */
  readonly callers: readonly Credential[];
  /** Called once the server is there. */
  readonly requests: (bearers: Bearers) => Iterable<Sent>;
};

/** How a load differs from what the options say. */
export type LoadSettings = { readonly connections?: number; readonly warmup?: number };

/** Starts the service on a database; with `--cpu-prof` its profile is kept under the workload's name. */
export function serveCallMi(bench: Bench, { url, keys }: Place, workload: string): Promise<Served> {
  const nodeArgs = bench.options.cpuProf ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder(bench.name, workload)}`] : [];
  return serve('harness/server.ts', { env: settingsOf(url, keys), log: bench.scratch('server.log'), nodeArgs });
}

/** Measures a workload against a server of its own on a database. */
export async function measure(bench: Bench, place: Place, workload: Workload, settings: LoadSettings = {}): Promise<Run> {
  await using server = await serveCallMi(bench, place, workload.name);
  return await measureAt(bench, server.port, workload, settings);
}

/** Measures a workload against a server that is there. */
export async function measureAt(bench: Bench, port: number, workload: Workload, settings: LoadSettings = {}): Promise<Run> {
  const bearers = await bearersOf(port, workload.callers);
  const result = await load(bench, port, workload.requests(bearers), settings);
  const run = runOf(workload, result);
  process.stdout.write(`${lineOf(run)}\n`);
  return run;
}

/** Sends requests to a port, and gives what the load has measured. */
async function load(bench: Bench, port: number, requests: Iterable<Sent>, settings: LoadSettings = {}): Promise<LoadResult> {
  const { connections, warmup, seconds } = { ...bench.options, ...settings };
  const file = bench.scratch('requests.bin');
  const kinds = [...writeRequests(file, requests).keys()];
  return runLoad({ port, file, kinds, connections, warmup, seconds });
}

function runOf({ name, round }: Workload, result: LoadResult): Run {
  const perSecond = (count: number) => count / result.seconds;
  const kinds = Object.entries(result.kinds).map(([kind, latency]) => [kind, { ...latency, perSecond: perSecond(latency.count) }]);
  return { ...result, workload: name, round, perSecond: perSecond(result.count), kinds: Object.fromEntries(kinds) as Run['kinds'] };
}

function lineOf({ workload, round, perSecond, count, p50Ms, p99Ms, maxMs, loadCpu }: Run): string {
  const rate = `${Math.round(perSecond).toLocaleString('en')}/s`.padStart(11);
  const times = `p50 ${p50Ms.toFixed(2)}  p99 ${p99Ms.toFixed(2)}  max ${maxMs.toFixed(1)} ms`;
  return `  round ${round}  ${workload.padEnd(24)} ${rate}  ${times}  (${count.toLocaleString('en')} requests, load ${loadCpu.toFixed(2)} cores)`;
}
