/** Scans that do not come from a camera or a keyboard: somebody in the page hands a code in. */
import { useEffect, useRef } from 'react';

const scans = new EventTarget();

/** Hands a code in, as a scanner would. */
export function scan(code: string): void {
  // The answer stands above.
  scrollTo(0, 0);
  scans.dispatchEvent(new CustomEvent('scan', { detail: code }));
}

export function useScans(take: (code: string) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const hear = (event: Event) => latest.current((event as CustomEvent<string>).detail);
    scans.addEventListener('scan', hear);
    return () => scans.removeEventListener('scan', hear);
  }, []);
}
