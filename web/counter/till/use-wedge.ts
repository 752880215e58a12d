/** A scanner that types like a keyboard: its digits go into the code field from wherever the focus is, unless that is another field. */
import { type RefObject, useEffect, useRef } from 'react';
import { exactly } from '../../../src/text/index.ts';
import { isWhole } from '../code.ts';

/** A scanner ends with Enter. It is the next key, and comes when the focus has moved on already: it must not press what has it now. */
const ENTER_MS = 500;

export function useWedge(field: RefObject<HTMLInputElement | null>, type: (digit: string) => void): { scanned(): void } {
  const latest = useRef(type);
  latest.current = type;
  const scannedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const scanners = event.key === 'Enter' && performance.now() - scannedAt.current < ENTER_MS;
      scannedAt.current = Number.NEGATIVE_INFINITY;
      if (scanners) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      const digit = exactly(1, event.key);
      if (digit === undefined || event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return;
      event.preventDefault();
      latest.current(digit);
      field.current?.focus();
    };
    document.addEventListener('keydown', hear, true);
    return () => document.removeEventListener('keydown', hear, true);
  }, [field]);
  return {
    scanned() {
      scannedAt.current = performance.now();
    },
  };
}

/** Escape, whatever has the focus. */
export function useEscape(escape: () => void): void {
  const latest = useRef(escape);
  latest.current = escape;
  useEffect(() => {
    const hear = ({ key }: KeyboardEvent) => key === 'Escape' && latest.current();
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** The content of the code field after it changed from `before` to `next`: a whole code gives way to the new one. */
export function typed(before: string, next: string): string {
  return isWhole(before) && next.startsWith(before) ? next.slice(before.length) : next;
}
