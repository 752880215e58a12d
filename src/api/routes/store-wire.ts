/** How stores and their places look on the wire. */
import { z } from 'zod';
import type { Place, StoreFound } from '../../communities/index.ts';
import type { Row } from '../../store/index.ts';
import { codecOf } from '../http/codec.ts';
import { id, namedCommunity, namedMerchant, text } from '../http/wire.ts';

const MILLION = 1_000_000;

/** Degrees of WGS 84 with at most six decimals, a tenth of a metre. The bounds are those of the country: who swaps the two is told so. */
function degrees(min: number, max: number) {
  return z
    .number()
    .min(min)
    .max(max)
    .refine((sent) => Math.round(sent * MILLION) / MILLION === sent, 'must have at most 6 decimals');
}

const latitude = degrees(3, 54).meta({ description: 'Degrees north, WGS 84, at most 6 decimals.', examples: [30.2906] });
const longitude = degrees(73, 136).meta({ description: 'Degrees east, WGS 84, at most 6 decimals.', examples: [119.9823] });
const address = text(120).meta({ description: 'Where it is found, in words.' });

/** What is sent of a new store. */
export const newStore = z
  .strictObject({ name: text(60), address: address.optional(), latitude: latitude.optional(), longitude: longitude.optional() })
  .superRefine(bothOrNeither);

/** Where a store is from now on; null: not told. */
export const place = z
  .strictObject({ address: address.nullable(), latitude: latitude.nullable(), longitude: longitude.nullable() })
  .superRefine(bothOrNeither);

type Sent = {
  readonly address?: string | null | undefined;
  readonly latitude?: number | null | undefined;
  readonly longitude?: number | null | undefined;
};

function bothOrNeither({ latitude: north = null, longitude: east = null }: Sent, context: z.RefinementCtx): void {
  if ((north === null) === (east === null)) return;
  context.addIssue({ code: 'custom', path: [north === null ? 'latitude' : 'longitude'], message: 'must be there if the other one is' });
}

export function placeOf({ address: words = null, latitude: north = null, longitude: east = null }: Sent): Place {
  return { address: words, latitudeE6: micro(north), longitudeE6: micro(east) };
}

function micro(sent: number | null): number | null {
  return sent === null ? null : Math.round(sent * MILLION);
}

function decimal(millionths: number | null): number | null {
  return millionths === null ? null : millionths / MILLION;
}

const shownPlace = { address: z.string().nullable(), latitude: z.number().nullable(), longitude: z.number().nullable() };

const shown = codecOf('store', ['id', 'merchantId'], { name: text(60) });
export const store = z.strictObject({ ...shown.shape, ...shownPlace }).meta({ id: 'Store' });

export function presentStore(row: Row<'store'>): z.output<typeof store> {
  return { ...shown.present(row), ...presentPlace(row) };
}

function presentPlace({ address: words, latitudeE6, longitudeE6 }: Place) {
  return { address: words, latitude: decimal(latitudeE6), longitude: decimal(longitudeE6) };
}

export const storeFound = z
  .strictObject({ id: id('sto'), name: z.string(), merchant: namedMerchant, community: namedCommunity, ...shownPlace })
  .meta({ id: 'StoreFound' });

export function presentFound({ store: row, merchant, community }: StoreFound): z.output<typeof storeFound> {
  return {
    id: row.id,
    name: row.name,
    merchant: { id: merchant.id, name: merchant.name },
    community: { id: community.id, name: community.name },
    ...presentPlace(row),
  };
}
