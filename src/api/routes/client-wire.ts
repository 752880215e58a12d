/** The name, the scopes and the secret of a client on the wire. */
import { z } from 'zod';
import { type FreshSecret, type Scope, scopes as allScopes } from '../../access/index.ts';
import type { Given } from '../http/given.ts';
import { properName } from '../http/wire.ts';

const SECRET_BYTES = 32;

const scopeName = z.enum(Object.keys(allScopes) as [Scope, ...Scope[]]);

/** The members of every body that makes a client. */
export const described = {
  name: properName(60).meta({ description: 'Its name in lists: the till at the door, the office computer.' }),
  scopes: z.array(scopeName).min(1).optional().meta({ description: 'Default: all scopes of its kind.' }),
};

/** The requested scopes, each once; null: all scopes of its kind. */
export function scopesAsked(scopes: readonly Scope[] | undefined): readonly Scope[] | null {
  return scopes === undefined ? null : [...new Set(scopes)];
}

export const clientSecret = z.string().meta({ description: 'Shown only in this answer and its replays.' });

/**
 * A secret as a command takes it. It leaves the process only in the answer, where the reply's seal is opened: a replay shows the first one
 * again.
 */
export function newSecret({ chance, secrets }: Pick<Given, 'chance' | 'secrets'>): FreshSecret {
  const fresh = Buffer.from(chance(SECRET_BYTES)).toString('base64url');
  return { secretHash: secrets.hash('client-secret', fresh), sealedSecret: secrets.seal(fresh) };
}
