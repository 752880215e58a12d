import { useState } from 'react';
import { told } from '../../shared/problem-text.ts';
import { useLanguage } from '../../shared/text.tsx';
import { useShared } from '../../shared/words.ts';

/** Does something that may fail, one at a time, and tells why it did. */
export function useDoing() {
  const { language } = useLanguage();
  const words = useShared();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  return {
    busy,
    message: error === undefined ? undefined : told(error, language, words).message,
    async run(work: () => Promise<void>) {
      if (busy) return;
      setBusy(true);
      setError(undefined);
      try {
        await work();
      } catch (failure) {
        setError(failure);
      } finally {
        setBusy(false);
      }
    },
  };
}
