/** Where this device stands, as far as it knows. */
import type { SignedIn } from '../shared/session.tsx';
import type { Place } from './context.tsx';

type Named = { readonly id: string; readonly name: string };

const LAST = 'counter-place';
const CHOSEN = 'counter-store';

/** Where who is signed in stands; undefined: they have to say at which store of their merchant. */
export function placeOf({ merchant, store }: SignedIn, chosen: Named | undefined): Place | undefined {
  const here = store ?? chosen;
  if (!merchant || !here) return undefined;
  return { key: `${merchant.id} ${store?.id ?? ''}`, merchant: merchant.name, store: here };
}

/** The place to stand at while nobody can be asked who is signed in: the last one. It names a shop, and nobody. */
export function lastPlace(): Place | undefined {
  return read<Place>(LAST);
}

export function keepPlace(place: Place): void {
  localStorage.setItem(LAST, JSON.stringify(place));
}

/** The store that was chosen on this device for a merchant. */
export function chosenStore(merchantId: string): Named | undefined {
  return read<Named>(`${CHOSEN} ${merchantId}`);
}

export function chooseStore(merchantId: string, store: Named | undefined): void {
  const key = `${CHOSEN} ${merchantId}`;
  if (store) localStorage.setItem(key, JSON.stringify(store));
  else localStorage.removeItem(key);
}

function read<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}
