/** The attempts of a counter whose outcome is not known: stored before they are sent, settled by themselves. */
import { newKey } from '../../api/attempt.ts';
import { ApiProblem } from '../../api/client.ts';
import type { Offset } from '../../api/clock.ts';
import type { Order, Teller } from '../teller.ts';
import { type Entry, type Outcome, presented, restsUntil, type Seen, settled, stepOf, withVoid } from './entry.ts';
import { outcomeOf, settleAll } from './settling.ts';
import type { Shelf } from './shelf.ts';

const SOON_MS = 1_000;
const LATE_MS = 15_000;

type QueueParts = {
  readonly counter: string;
  readonly shelf: Shelf;
  readonly teller: Teller;
  readonly offset: Offset;
  readonly unsaid: string;
};

export class Queue {
  readonly #parts: QueueParts;
  readonly #listeners = new Set<() => void>();
  #entries: readonly Entry[] = [];
  #elsewhere = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = SOON_MS;
  #running = false;
  #passing = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** This counter's entries, oldest first. */
  readonly entries = (): readonly Entry[] => this.#entries;

  /** How many of another counter lie on this device. */
  readonly elsewhere = (): number => this.#elsewhere;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Knows what is kept until the function it gives is called, and, where it may ask, settles it again and again. */
  run(settling: boolean): () => void {
    this.#running = settling;
    const wake = () => this.kick();
    const unheard = this.#parts.shelf.heard(() => void this.#readIfThere());
    addEventListener('online', wake);
    void this.#readIfThere();
    this.kick();
    return () => {
      this.#running = false;
      clearTimeout(this.#timer);
      removeEventListener('online', wake);
      unheard();
    };
  }

  /** Settles now rather than later. */
  kick(): void {
    this.#wait = SOON_MS;
    this.#next(0);
  }

  /**
   * Redeems: what is sent lies on the disk before. Gives the outcome, or undefined if it is not known; then the queue goes on finding out.
   * Throws if it was not even decided, because the API turned it away, and nothing is left of it.
   */
  async redeem(entry: Entry): Promise<Outcome | undefined> {
    const { shelf, teller } = this.#parts;
    await this.#write(shelf.put(entry));
    try {
      const outcome = await outcomeOf(() => teller.redeem(entry.order, entry.requestNo));
      await this.#write(shelf.update(entry.requestNo, (current) => settled(current, outcome)));
      return outcome;
    } catch (error) {
      // A cashier who has to sign in again goes on with it afterwards.
      if (error instanceof ApiProblem && !error.outcomeUnknown && error.status !== 401) {
        await this.forget(entry.requestNo);
        throw error;
      }
      this.kick();
      return undefined;
    }
  }

  /** Keeps a redemption that was accepted without a network, to be forwarded. */
  async store(entry: Entry): Promise<void> {
    await this.#write(this.#parts.shelf.put(entry));
    this.kick();
  }

  /** The cashier says that no discount was handed out: it is made sure that it never counts. */
  async void(requestNo: string, reason: string): Promise<void> {
    const key = newKey();
    await this.#write(this.#parts.shelf.update(requestNo, (entry) => withVoid(entry, key, reason)));
    this.kick();
  }

  /** The cashier says that the discount was handed out: it is settled however long that takes, and never voided by itself. */
  async given(requestNo: string): Promise<void> {
    await this.#write(this.#parts.shelf.update(requestNo, (entry) => (entry.void ? entry : { ...entry, given: 'given' })));
    this.kick();
  }

  /** Takes away an entry whose outcome was seen. */
  forget(requestNo: string): Promise<void> {
    return this.#write(this.#parts.shelf.update(requestNo, () => undefined));
  }

  async #write(writing: Promise<void>): Promise<void> {
    await writing;
    await this.#read();
  }

  async #read(): Promise<void> {
    const all = await this.#parts.shelf.all();
    this.#entries = all.filter(({ counter }) => counter === this.#parts.counter);
    this.#elsewhere = all.length - this.#entries.length;
    for (const tell of this.#listeners) tell();
  }

  #next(after: number): void {
    if (!this.#running) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#pass(), after);
  }

  /** One tab at a time; what another has settled meanwhile is found settled. */
  async #pass(): Promise<void> {
    if (this.#passing) return this.#next(SOON_MS);
    this.#passing = true;
    try {
      await this.#parts.shelf.alone(async () => {
        await this.#read();
        await settleAll(this.#entries, { ...this.#parts, now: Date.now });
      });
      this.#wait = SOON_MS;
    } catch {
      this.#wait = Math.min(this.#wait * 2, LATE_MS);
    } finally {
      this.#passing = false;
    }
    await this.#readIfThere();
    this.#goOn();
  }

  /** Where this browser keeps nothing, that is told when something is to be kept. */
  #readIfThere(): Promise<void> {
    return this.#read().catch(() => undefined);
  }

  #goOn(): void {
    const open = this.#entries.filter(({ outcome }) => outcome === null);
    if (open.length === 0) return;
    const now = Date.now();
    const due = open.some((entry) => stepOf(entry, now) !== 'rest');
    this.#next(due ? this.#wait : Math.max(SOON_MS, Math.min(...open.map((entry) => restsUntil(entry)!)) - now));
  }
}

/** An attempt as it begins; `offline`: it is accepted without a network. */
export function newEntry(counter: string, order: Order, seen: Seen, offline: { readonly offset: Offset } | false): Entry {
  const startedAt = Date.now();
  return {
    requestNo: newKey(),
    counter,
    order,
    seen,
    startedAt,
    ...(offline ? presented(startedAt, offline.offset()) : { presentedAt: null }),
    given: offline ? 'given' : 'unsaid',
    void: null,
    outcome: null,
  };
}
