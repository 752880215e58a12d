export { chanceOf } from './chance.ts';
export { handOf } from './hand.ts';
export { hearFrom } from './heard.ts';
export { markDemo } from './mark.ts';
export { replay } from './replay.ts';
export type { Credential } from './credentials.ts';
export type { Community, Holder, Officer, Resident, Scheme, Till } from './parties.ts';
export { openScheme } from './scheme.ts';
export { emptyTally, type Tally } from './year.ts';
