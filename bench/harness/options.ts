import { parseArgs } from 'node:util';

/** How a benchmark is run. An option that is not given is as the documented runs have it. */
export type Options = {
  readonly engine: 'sqlite' | 'postgres';
  /** Open vouchers that a database is prepared with. */
  readonly vouchers: number;
  /** Requests of a run: those that count, and those before them that only warm the server up. */
  readonly requests: number;
  readonly warmup: number;
  readonly rounds: number;
  /** Keep-alive connections, each with one request under way. */
  readonly connections: number;
  /** After so many seconds a run ends with what it has. */
  readonly seconds: number;
  /** Only for `growth`: the entries of each history, the smallest first. */
  readonly sizes: readonly number[];
  /** Only for `pgbench`: its scale factor, one for each 100,000 accounts. */
  readonly scale: number;
  readonly cpuProf: boolean;
  /** Prepare databases anew, even where they are there already. */
  readonly fresh: boolean;
  /** Where databases are kept. */
  readonly folder: string;
};

const options = {
  engine: { type: 'string', default: 'sqlite' },
  vouchers: { type: 'string', default: '400000' },
  requests: { type: 'string', default: '100000' },
  warmup: { type: 'string', default: '10000' },
  rounds: { type: 'string', default: '5' },
  connections: { type: 'string', default: '64' },
  seconds: { type: 'string', default: '60' },
  sizes: { type: 'string', default: '10000,1000000,10000000' },
  scale: { type: 'string', default: '20' },
  'cpu-prof': { type: 'boolean', default: false },
  fresh: { type: 'boolean', default: false },
  folder: { type: 'string', default: new URL('../data', import.meta.url).pathname },
} as const;

/** Reads the command line after the benchmark's name. Throws on what it does not know. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
  if (values.engine !== 'sqlite' && values.engine !== 'postgres') throw new Error('--engine is sqlite or postgres');
  return {
    engine: values.engine,
    vouchers: whole('vouchers', values.vouchers, 100),
    requests: whole('requests', values.requests),
    warmup: whole('warmup', values.warmup, 0),
    rounds: whole('rounds', values.rounds),
    connections: whole('connections', values.connections),
    seconds: whole('seconds', values.seconds),
    sizes: values.sizes.split(',').map((size) => whole('sizes', size)),
    scale: whole('scale', values.scale),
    cpuProf: values['cpu-prof'],
    fresh: values.fresh,
    folder: values.folder,
  };
}

function whole(name: string, text: string, least = 1): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) throw new Error(`--${name} is a whole number from ${least} (got ${text})`);
  return Number(text);
}

/** The options for `--help`: one a line, with its default if it takes a value. */
export function optionsHelp(): string {
  return Object.entries(options)
    .map(([name, { type, default: otherwise }]) => `  --${name}${type === 'string' ? ` (${otherwise})` : ''}`)
    .join('\n');
}
