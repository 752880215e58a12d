export { chanceOf } from './chance.ts';
export { handOf } from './hand.ts';
export { markDemo } from './mark.ts';
export { replay } from './replay.ts';
export type { Credential } from './credentials.ts';
export { type Community, type Holder, type Officer, openScheme, type Resident, type Scheme, type Till } from './scheme.ts';
export { emptyTally, type Tally } from './year.ts';
