/**
 * The load: a process of its own that sends prepared requests over keep-alive connections, one under way on each, as fast as they are
 * answered. It is our own rather than wrk or autocannon: every request here has a body and a key of its own, which wrk would need a script
 * for, and autocannon's cost per request is about that of the server it measures, on a machine of two cores.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { messageReader, statusOf } from './messages.ts';
import { RECORD_HEAD_BYTES } from './requests.ts';

/** The job of a load: its parent hands it over as JSON, in the first argument. */
export type LoadJob = {
  readonly port: number;
  /** Written by `writeRequests`. */
  readonly file: string;
  readonly kinds: readonly string[];
  readonly connections: number;
  /** Requests at the beginning that do not count. */
  readonly warmup: number;
  /** The longest that is sent, in seconds. */
  readonly seconds: number;
};

/** Latencies in milliseconds. */
export type Latency = { readonly count: number; readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number };

/** The load's message to its parent: figures of the requests that counted. */
export type LoadResult = Latency & {
  readonly seconds: number;
  readonly kinds: Readonly<Record<string, Latency>>;
  /** All that was answered, warming up included. */
  readonly answered: Readonly<Record<string, number>>;
  /** How much of one processor the load itself used. */
  readonly loadCpu: number;
};

const job = JSON.parse(process.argv[2]!) as LoadJob;
const file = readFileSync(job.file);
const { starts, kinds, follows } = index(file);
const total = kinds.length;
const latencies = new Float64Array(total);

let next = 0;
let began = 0;
let ended = 0;
let busyBefore = process.cpuUsage();

/** Finds the requests in the file; `starts` has one more than there are. */
function index(bytes: Buffer) {
  const at: number[] = [];
  for (let from = 0; from < bytes.length; from += RECORD_HEAD_BYTES + bytes.readUInt32LE(from)) at.push(from);
  return {
    starts: Float64Array.from([...at, bytes.length]),
    kinds: Uint8Array.from(at, (from) => bytes[from + 4]!),
    follows: Uint8Array.from(at, (from) => bytes[from + 5]!),
  };
}

/** The request after `current` on its connection, or the first of those that nobody has taken; -1 if there is none. */
function after(current: number, now: number): number {
  if (current >= 0 && follows[current + 1] === 1) return current + 1;
  if (next >= total || (began > 0 && now - began > job.seconds * 1_000)) return -1;
  const taken = next;
  do next += 1;
  while (follows[next] === 1);
  if (began === 0 && taken >= job.warmup) {
    began = now;
    busyBefore = process.cpuUsage();
  }
  return taken;
}

/** One connection, from its first request to its last answer. */
function drive(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: job.port, noDelay: true });
    let current = -1;
    let sentAt = 0;
    const send = (now: number) => {
      current = after(current, now);
      if (current < 0) return resolve();
      sentAt = now;
      socket.write(file.subarray(starts[current]! + RECORD_HEAD_BYTES, starts[current + 1]));
    };
    const answered = (answer: Buffer) => {
      const status = statusOf(answer);
      if (status < 200 || status > 299) return reject(new Error(`${lineOf(current)} was answered ${answer.toString('utf8')}`));
      const now = performance.now();
      latencies[current] = now - sentAt;
      ended = now;
      send(now);
    };
    socket.once('connect', () => send(performance.now()));
    socket.on('data', messageReader(answered, true));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`a connection was closed on ${lineOf(current)}`)));
  });
}

function lineOf(current: number): string {
  const from = starts[current]! + RECORD_HEAD_BYTES;
  return file.toString('utf8', from, file.indexOf('\r\n', from));
}

function latencyOf(numbers: readonly number[]): Latency {
  const sorted = Float64Array.from(numbers, (n) => latencies[n]!).toSorted();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

function result(): LoadResult {
  const seconds = (ended - began) / 1_000;
  const { user, system } = process.cpuUsage(busyBefore);
  const done = Array.from(kinds.keys()).filter((n) => latencies[n]! > 0);
  const counted = done.filter((n) => n >= job.warmup);
  if (counted.length === 0) throw new Error(`of ${total} requests, ${job.warmup} warm up, and none is left to count`);
  const of = (numbers: readonly number[], kind: number) => numbers.filter((n) => kinds[n] === kind);
  return {
    ...latencyOf(counted),
    seconds,
    kinds: Object.fromEntries(job.kinds.map((name, kind) => [name, latencyOf(of(counted, kind))])),
    answered: Object.fromEntries(job.kinds.map((name, kind) => [name, of(done, kind).length])),
    loadCpu: (user + system) / 1e6 / seconds,
  };
}

try {
  await Promise.all(Array.from({ length: job.connections }, drive));
  process.send!(result(), () => process.exit(0));
} catch (error) {
  process.stderr.write(`load: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
