import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Bench, Outcome } from './bench.ts';
import type { Spread, Target } from './figures.ts';
import { machine, versions } from './machine.ts';

/** Processes that want to run, on average of the last minute. */
const QUIET = 0.5;

const results = fileURLToPath(new URL('../results/', import.meta.url));

/** Prints the head of a benchmark: its size, the machine, and the command. */
export function printHead({ name, options }: Bench): void {
  const { cpu, cores, memoryGiB, os } = machine();
  const { rounds, requests, connections } = options;
  say(`\n${name}: ${rounds} rounds of up to ${requests.toLocaleString('en')} requests, ${connections} connections`);
  say(`machine: ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${os}`);
  say(`command: ${command()}`);
}

/** To be asked before the first benchmark: afterwards it is our own load. */
export function warnIfBusy(): void {
  const [busy = 0] = loadavg();
  if (busy > QUIET) say(`the machine is busy (load average ${busy.toFixed(1)}): at most what is a ratio may mean something`);
}

/** Prints the figures and writes them to `bench/results/NAME.json`, with `--engine postgres` to `NAME-postgres.json`. */
export function report(bench: Bench, outcome: Outcome): void {
  const about = versions(bench.databases());
  say(`versions: ${Object.entries(about).map(pair).join(', ')}`);
  say('figures (min / median / max)');
  for (const [name, value] of Object.entries(outcome.figures)) say(`  ${name.padEnd(44)} ${shown(value)}`);
  say('targets');
  for (const [name, target] of Object.entries(outcome.targets)) say(targetLine(name, target));
  if (outcome.invalid !== undefined) say(`NOT VALID: ${outcome.invalid}`);
  const file = `${results}${bench.name}${bench.options.engine === 'sqlite' ? '' : '-postgres'}.json`;
  mkdirSync(results, { recursive: true });
  const head = { name: bench.name, at: new Date().toISOString(), command: command(), machine: machine(), versions: about };
  writeFileSync(file, `${JSON.stringify({ ...head, options: bench.options, ...outcome }, null, 2)}\n`);
  say(`written to ${file}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function command(): string {
  return `node bench/main.ts ${process.argv.slice(2).join(' ')}`;
}

function pair([name, value]: [string, string]): string {
  return `${name} ${value}`;
}

function targetLine(name: string, { target, value, met }: Target): string {
  return `  ${name.padEnd(44)} ${target.padEnd(12)} ${rounded(value).padEnd(10)} ${met ? 'met' : 'NOT MET'}`;
}

function shown(value: Spread | number): string {
  if (typeof value === 'number') return rounded(value);
  return `${rounded(value.min)} / ${rounded(value.median)} / ${rounded(value.max)}`;
}

/** Three digits are all that a measurement tells. */
function rounded(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: value >= 1_000 ? 4 : 3 });
}
