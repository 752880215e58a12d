import { useEffect } from 'react';
import { useVisible } from './use-visible.ts';

/** Keeps the screen from going dark, where the browser can. */
export function useWakeLock(): void {
  const visible = useVisible();
  useEffect(() => {
    if (!visible || !('wakeLock' in navigator)) return;
    const lock = navigator.wakeLock.request('screen').catch(() => undefined);
    return () => void lock.then((held) => held?.release());
  }, [visible]);
}
