/** What a resident last saw, kept on this device for when there is no network, until sign-out. */

const PREFIX = 'resident:';

/** Whose content may be kept: what was still on its way when they signed out is not. */
let open: string | undefined;

type Kept<T> = { readonly at: number; readonly data: T };

/** What can be read offline. */
export type Part = 'wallet' | 'vouchers' | 'communities';

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

/** Whose content is kept here. */
export function keptResident(): string | undefined {
  return keptKeys()[0]?.split(':')[1];
}

/** Keeps what is of a resident from now on, and forgets everybody else's. Of nobody: also what was half typed. */
export function forget(exceptOf?: string): void {
  open = exceptOf;
  const others = keptKeys().filter((key) => exceptOf === undefined || !key.startsWith(`${PREFIX}${exceptOf}:`));
  for (const key of others) localStorage.removeItem(key);
  if (exceptOf === undefined) sessionStorage.clear();
}

function keptKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

function keyOf(residentId: string, part: Part): string {
  return `${PREFIX}${residentId}:${part}`;
}
