/** The content that a resident last saw, kept on this device until sign-out, for when there is no network. */

const PREFIX = 'resident:';

/** The draft of the form in which somebody registers. */
const REGISTERING = 'draft:register';

/** The id of the resident whose content may be kept. An answer that was still on its way at sign-out is not kept. */
let open: string | undefined;

type Kept<T> = { readonly at: number; readonly data: T };

/** The content that can be read offline, and the time of the newest message that was seen. */
export type Part = 'wallet' | 'vouchers' | 'communities' | 'seen';

export function keep(residentId: string, part: Part, data: unknown): void {
  if (residentId !== open) return;
  try {
    localStorage.setItem(keyOf(residentId, part), JSON.stringify({ at: Date.now(), data } satisfies Kept<unknown>));
  } catch {
    // The device has no room: then there is nothing to read offline.
  }
}

export function kept<T>(residentId: string, part: Part): Kept<T> | undefined {
  try {
    const text = localStorage.getItem(keyOf(residentId, part));
    return text === null ? undefined : (JSON.parse(text) as Kept<T>);
  } catch {
    return undefined;
  }
}

/** The id of the resident whose content is kept on this device; undefined if there is none. */
export function keptResident(): string | undefined {
  return keptKeys()[0]?.split(':')[1];
}

/** Keeps only this resident's content from now on. Without an id it keeps nobody's, and drops drafts of forms, too. */
export function forget(exceptOf?: string): void {
  open = exceptOf;
  const others = keptKeys().filter((key) => exceptOf === undefined || !key.startsWith(`${PREFIX}${exceptOf}:`));
  for (const key of others) localStorage.removeItem(key);
  // Somebody who registers is nobody yet: what they typed stays until somebody is signed in.
  const isOver = (key: string) => (exceptOf === undefined ? key !== REGISTERING : key === REGISTERING);
  for (const key of Object.keys(sessionStorage).filter(isOver)) sessionStorage.removeItem(key);
}

function keptKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

function keyOf(residentId: string, part: Part): string {
  return `${PREFIX}${residentId}:${part}`;
}
