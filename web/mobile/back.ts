/** Ways back that do what the browser's own button does. */
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import type { AroundNavHandler } from 'wouter';

/** For the router: marks what was opened from within the page, so that closing it can go back. */
export const rememberInside: AroundNavHandler = (navigate, to, options) => {
  navigate(to, { ...options, state: options?.replace ? (history.state as unknown) : { inside: true } });
};

/** Leaves what was opened above or below a page: to where it was opened from, or, where it was opened by its address, to `parent`. */
export function useBack(parent: string): () => void {
  const [, navigate] = useLocation();
  return useCallback(() => {
    const state = history.state as { inside?: boolean } | null;
    if (state?.inside) history.back();
    else navigate(parent, { replace: true });
  }, [navigate, parent]);
}
