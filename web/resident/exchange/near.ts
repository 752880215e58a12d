/** Where this phone is, if its owner says so: known to this page only, while it is open. */
import { useSyncExternalStore } from 'react';
import type { Schemas } from '../../api/client.ts';

type Position = { readonly latitude: number; readonly longitude: number };

export type Nearness = { readonly state: 'off' | 'asking' | 'denied' } | { readonly state: 'on'; readonly position: Position };

const OFF: Nearness = { state: 'off' };
let nearness: Nearness = OFF;
const listeners = new Set<() => void>();

function set(next: Nearness): void {
  nearness = next;
  for (const tell of listeners) tell();
}

export function useNearness(): Nearness {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => nearness,
  );
}

/** Asks for the position, or forgets it. */
export function toggleNearness(): void {
  if (nearness.state === 'on' || nearness.state === 'asking') return set(OFF);
  set({ state: 'asking' });
  navigator.geolocation.getCurrentPosition(
    ({ coords: { latitude, longitude } }) => nearness.state === 'asking' && set({ state: 'on', position: { latitude, longitude } }),
    () => set({ state: 'denied' }),
    { maximumAge: 60_000, timeout: 20_000 },
  );
}

type Place = Pick<Schemas['StoreFound'], 'latitude' | 'longitude'>;

const METRES_A_DEGREE = 111_320;

/** Metres as the crow flies; undefined where either place is not known. Good for a town. */
export function distanceTo({ latitude, longitude }: Place, near: Nearness): number | undefined {
  if (near.state !== 'on' || latitude === null || longitude === null) return undefined;
  const north = latitude - near.position.latitude;
  const east = (longitude - near.position.longitude) * Math.cos((latitude * Math.PI) / 180);
  return Math.hypot(north, east) * METRES_A_DEGREE;
}

/** Orders by distance, what is nowhere last. */
export function byDistance(a: number | undefined, b: number | undefined): number {
  return (a ?? Infinity) === (b ?? Infinity) ? 0 : (a ?? Infinity) - (b ?? Infinity);
}
