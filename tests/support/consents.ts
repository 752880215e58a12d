/** The consent with which tests register people, where it is not what they are about. */
import type { ConsentGiven } from '../../src/communities/index.ts';

const atCounter: ConsentGiven = { how: 'counter', paperNumber: null, guardian: null };

/** For a command that registers somebody whose name nobody else has. */
export const consented = { consent: atCounter, differentPerson: null } as const;

/** The same for people of one name, who are different ones. */
export const oneOfMany = { consent: atCounter, differentPerson: '同名，并非同一人' } as const;

/** The same in the body of `POST /v1/residents`. */
export const consent = { consent: { how: 'counter' } } as const;
