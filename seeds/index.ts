export { chanceOf } from './chance.ts';
export { type Hand, handOf, system } from './hand.ts';
export { replay } from './replay.ts';
export { type Holder, type Officer, type Offer, openScheme, type Resident, type Scheme, type Till } from './scheme.ts';
export type { Tally } from './year.ts';
