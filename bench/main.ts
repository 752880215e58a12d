/** `npm run bench -- NAME [options]`: runs a benchmark, prints what it found, and writes it to `bench/results/NAME.json`. */
import { grants } from './grants.ts';
import { growth } from './growth.ts';
import { type Benchmark, openBench } from './harness/bench.ts';
import { type Options, optionsHelp, readOptions } from './harness/options.ts';
import { dropProfiles, profileReport } from './harness/profiles.ts';
import { printHead, report, warnIfBusy } from './harness/report.ts';
import { hot } from './hot.ts';
import { mixed } from './mixed.ts';
import { naive } from './naive.ts';
import { pgbench } from './pgbench.ts';
import { redeem } from './redeem.ts';
import { settle } from './settle.ts';
import { writers } from './writers.ts';

const benchmarks: Readonly<Record<string, Benchmark>> = { redeem, naive, pgbench, hot, growth, grants, mixed, writers, settle };

async function run(name: string, options: Options): Promise<void> {
  const bench = openBench(name, options);
  try {
    printHead(bench);
    if (options.cpuProf) dropProfiles(name);
    const outcome = await benchmarks[name]!(bench);
    if (outcome) report(bench, outcome);
    if (options.cpuProf) process.stdout.write(profileReport(name));
  } finally {
    await bench.close();
  }
}

const [name = '', ...args] = process.argv.slice(2);
const chosen = name === 'all' ? Object.keys(benchmarks) : Object.keys(benchmarks).filter((each) => each === name);
if (chosen.length === 0 || args.includes('--help')) {
  process.stdout.write(`bench NAME [options]: one of ${Object.keys(benchmarks).join(', ')}, or all\n${optionsHelp()}\n`);
  process.exitCode = chosen.length === 0 ? 2 : 0;
} else {
  const options = readOptions(args);
  warnIfBusy();
  for (const each of chosen) await run(each, options);
}
