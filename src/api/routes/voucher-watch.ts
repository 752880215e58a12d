import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '../http/commands.ts';
import { Problem } from '../http/problem.ts';

/** The reads of watched vouchers. */
export type Watched = {
  /** By id, a mark that changes whenever an event is due; read again and again for all watched ids at once. */
  marks(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** By id, the event's data: one line of text. */
  show(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Called when a read fails, once per outage. */
  failed(error: unknown): void;
};

export type WatchLimits = {
  /** Streams of one client at once. */
  readonly clientMax: number;
  /** Streams of the process at once. */
  readonly max: number;
  /** The time between two reads of the database; this and the following are in milliseconds. */
  readonly lookMs: number;
  /** The time between two comments, which show proxies that the stream is alive. */
  readonly commentMs: number;
  /** The time after which a stream ends: its caller connects again, and is authenticated again. */
  readonly streamMs: number;
};

export const WATCH_LIMITS: WatchLimits = { clientMax: 4, max: 2_000, lookMs: 500, commentMs: 15_000, streamMs: 5 * 60_000 };

type Watcher = {
  readonly client: string;
  readonly id: string;
  readonly stream: Readable;
  /** The mark of its last event. */
  told?: string;
  ended: boolean;
};

const RETRY_MS = 1_000;
/** The time that a slow reader has to read an ended stream to its end. */
const GRACE_MS = 5_000;

/**
 * Streams of server-sent events about vouchers. The events come from the database and not from the engine, since any process may have
 * redeemed a voucher: while there are watchers, one loop in each process reads all watched vouchers in one query.
 */
export class VoucherWatch {
  readonly #watched: Watched;
  readonly #limits: WatchLimits;
  readonly #watchers = new Set<Watcher>();
  #looking = false;
  #failing = false;
  #closed = false;
  /** Ends the pause between two reads. */
  #wake = new AbortController();

  constructor(watched: Watched, limits: WatchLimits = WATCH_LIMITS) {
    this.#watched = watched;
    this.#limits = limits;
  }

  /** The number of open streams. */
  get size(): number {
    return this.#watchers.size;
  }

  /**
   * A stream that sends a voucher at once and whenever it changes. Throws `too_many_streams`, or `unavailable` if the process has too many.
   */
  open(client: string, id: string): Readable {
    const { clientMax, max, commentMs, streamMs } = this.#limits;
    if (this.#closed || this.#watchers.size >= max)
      throw unavailable(this.#closed ? 'the process ends' : 'too many streams of events are open');
    const ofClient = [...this.#watchers].filter((watcher) => watcher.client === client).length;
    if (ofClient >= clientMax) {
      throw new Problem('too_many_streams', { details: { at_most: clientMax, retry_after_seconds: RETRY_MS / 1_000 } });
    }
    const stream = new Readable({ read() {} });
    const watcher: Watcher = { client, id, stream, ended: false };
    const comments = setInterval(() => send(watcher, ':\n\n'), commentMs);
    const end = setTimeout(() => this.#end(watcher), streamMs);
    stream.once('close', () => {
      clearInterval(comments);
      clearTimeout(end);
      this.#watchers.delete(watcher);
    });
    send(watcher, `retry: ${RETRY_MS}\n\n`);
    this.#watchers.add(watcher);
    this.#wake.abort();
    if (!this.#looking) void this.#look();
    return stream;
  }

  /** Ends all streams, and opens no more: a server does not close while one is open. */
  close(): void {
    this.#closed = true;
    for (const watcher of this.#watchers) this.#end(watcher);
  }

  #end(watcher: Watcher): void {
    if (watcher.ended) return;
    watcher.ended = true;
    watcher.stream.push(null);
    setTimeout(() => watcher.stream.destroy(), GRACE_MS).unref();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    let dueAt = 0;
    while (this.#watchers.size > 0) {
      this.#wake = new AbortController();
      const isDue = performance.now() >= dueAt;
      if (isDue) dueAt = performance.now() + this.#limits.lookMs;
      // A new watcher is told at once, without reading the others; otherwise a caller that reconnects again and again would be expensive.
      const watchers = [...this.#watchers].filter(({ told }) => isDue || told === undefined);
      if (watchers.length > 0) await this.#tryToTell(watchers);
      await sleep(Math.max(0, dueAt - performance.now()), undefined, { signal: this.#wake.signal }).catch(() => {});
    }
    this.#looking = false;
  }

  async #tryToTell(watchers: readonly Watcher[]): Promise<void> {
    try {
      await this.#tell(watchers);
      this.#failing = false;
    } catch (error) {
      // The database is unavailable: the streams wait for it.
      if (!this.#failing) this.#watched.failed(error);
      this.#failing = true;
    }
  }

  async #tell(watchers: readonly Watcher[]): Promise<void> {
    const marks = await this.#watched.marks([...new Set(watchers.map(({ id }) => id))]);
    const behind = watchers.filter(({ id, told }) => marks.has(id) && marks.get(id) !== told);
    if (behind.length === 0) return;
    const texts = await this.#watched.show([...new Set(behind.map(({ id }) => id))]);
    for (const watcher of behind) {
      send(watcher, `event: voucher\ndata: ${texts.get(watcher.id)!}\n\n`);
      watcher.told = marks.get(watcher.id)!;
    }
  }
}

function send({ stream, ended }: Watcher, text: string): void {
  if (!ended && !stream.destroyed) stream.push(text);
}
