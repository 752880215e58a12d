/** The context of every screen of a counter: the teller who answers, the queue of attempts, and the place where the counter stands. */
import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type Offset, offsetMs } from '../api/clock.ts';
import { Queue } from './queue/queue.ts';
import type { Entry } from './queue/entry.ts';
import type { Shelf } from './queue/shelf.ts';
import { useReach } from './reach.ts';
import type { Teller } from './teller.ts';
import { useWords } from './words.ts';

/** Where a counter stands. `key` names whose attempts these are: the merchant, and the store its login is bound to. */
export type Place = {
  readonly key: string;
  readonly merchant: string;
  readonly store: { readonly id: string; readonly name: string };
};

type Counter = {
  readonly teller: Teller;
  readonly queue: Queue;
  readonly place: Place;
  readonly practice: boolean;
  /** Whether anybody answers. */
  readonly reached: boolean;
  /** How far this device's clock is from the service's. */
  readonly offset: Offset;
};

/** In practice the page itself answers. */
const noOffset: Offset = () => 0;

const CounterContext = createContext<Counter | undefined>(undefined);

type ProviderProps = {
  readonly place: Place;
  readonly teller: Teller;
  readonly shelf: Shelf;
  readonly practice?: boolean;
  /** Whether somebody is signed in: else nothing is settled yet. */
  readonly ready?: boolean;
  readonly children: ReactNode;
};

export function CounterProvider({ place, teller: plain, shelf, practice = false, ready = true, children }: ProviderProps) {
  const { unsaid } = useWords();
  const { reached, teller } = useReach(plain);
  const offset = practice ? noOffset : offsetMs;
  const [queue] = useState(() => new Queue({ counter: place.key, shelf, teller, offset, unsaid }));
  useEffect(() => queue.run(ready), [queue, ready]);
  useEffect(() => {
    if (reached) queue.kick();
  }, [queue, reached]);
  const counter = useMemo(() => ({ teller, queue, place, practice, reached, offset }), [teller, queue, place, practice, reached, offset]);
  return <CounterContext value={counter}>{children}</CounterContext>;
}

export function useCounter(): Counter {
  const counter = use(CounterContext);
  if (!counter) throw new Error('CounterProvider is missing');
  return counter;
}

/** The counter's attempts that are not settled, or whose outcome nobody has seen yet; the oldest first. */
export function useEntries(): readonly Entry[] {
  const { queue } = useCounter();
  return useSyncExternalStore(queue.subscribe, queue.entries);
}
