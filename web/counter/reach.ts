/** Whether anybody answers. */
import { useEffect, useState } from 'react';
import { NoAnswer } from '../api/client.ts';
import type { Teller } from './teller.ts';

const AGAIN_MS = 5_000;

/** A teller that tells of every question whether it was answered. */
function watched(teller: Teller, tell: (reached: boolean) => void): Teller {
  const entries = Object.entries(teller) as [string, (...args: unknown[]) => Promise<unknown>][];
  const watching = entries.map(([name, ask]) => [
    name,
    async (...args: unknown[]) => {
      try {
        const answer = await ask(...args);
        tell(true);
        return answer;
      } catch (error) {
        tell(!(error instanceof NoAnswer));
        throw error;
      }
    },
  ]);
  return Object.fromEntries(watching) as Teller;
}

/** While nobody answers, asks again and again; `back` is called when somebody does. */
export function useReach(teller: Teller): { readonly reached: boolean; readonly teller: Teller } {
  const [reached, setReached] = useState(() => navigator.onLine);
  const [watching] = useState(() => watched(teller, setReached));
  useEffect(() => {
    if (reached) return;
    const ask = () => void watching.reach().catch(() => undefined);
    const timer = setInterval(ask, AGAIN_MS);
    addEventListener('online', ask);
    return () => {
      clearInterval(timer);
      removeEventListener('online', ask);
    };
  }, [reached, watching]);
  useEffect(() => {
    const lost = () => setReached(false);
    addEventListener('offline', lost);
    return () => removeEventListener('offline', lost);
  }, []);
  return { reached, teller: watching };
}
