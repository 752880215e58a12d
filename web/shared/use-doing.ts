import { useState } from 'react';
import { ApiProblem } from '../api/client.ts';
import { told } from './problem-text.ts';
import { useLanguage } from './text.tsx';
import { useShared } from './words.ts';

/** Does something that may fail, one at a time, and tells why it did. */
export function useDoing() {
  const { language } = useLanguage();
  const words = useShared();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const failure = error === undefined ? undefined : told(error, language, words);
  return {
    busy,
    /** The code of the problem that it failed with. */
    code: error instanceof ApiProblem ? error.code : undefined,
    message: failure?.message,
    /** A sentence about each wrong field, by its name. */
    fields: failure?.fields ?? {},
    async run(work: () => Promise<void>) {
      if (busy) return;
      setBusy(true);
      setError(undefined);
      try {
        await work();
      } catch (thrown) {
        setError(thrown);
      } finally {
        setBusy(false);
      }
    },
  };
}
