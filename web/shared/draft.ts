import { useEffect, useState } from 'react';

/**
 * The values typed into a form, kept for this tab until `clear`: they survive leaving the page, a reload and the end of the session.
 * It must not hold passwords or codes.
 */
export function useDraft<T>(
  name: string,
  initial: T,
): { readonly draft: T; readonly setDraft: (draft: T) => void; readonly clear: () => void } {
  const key = `draft:${name}`;
  const [draft, setDraft] = useState<T>(() => read<T>(key) ?? initial);
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(draft)), [key, draft]);
  const clear = () => {
    sessionStorage.removeItem(key);
    setDraft(initial);
  };
  return { draft, setDraft, clear };
}

function read<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

/** Forgets whatever has been typed in this tab: whoever signs in next is somebody else. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('draft:')) sessionStorage.removeItem(key);
}
