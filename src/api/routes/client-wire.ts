/** The name, the scopes and the secret of a client on the wire. */
import { z } from 'zod';
import { type FreshSecret, type Scope, scopes as allScopes } from '../../access/index.ts';
import type { Given } from '../http/given.ts';
import { id, properName, rfc3339, time } from '../http/wire.ts';

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

/** The member of a rotation's body that ends the old secret at once. */
export const force = z.boolean().optional().meta({
  description: 'Rotate although the last rotation was less than a day ago: the secret before it ends at once. Default: false.',
});

export const rotated = z.strictObject({
  id: id('cli'),
  client_secret: clientSecret,
  previous_secret_until: time.meta({ description: 'Until when the secret before this one is good.' }),
});

type Rotated = { readonly id: string; readonly previous_secret_until: number; readonly sealed_secret: string };

/** A rotation's reply on the wire, with the new secret. */
export function presentRotated(reply: Rotated, { secrets }: Pick<Given, 'secrets'>): z.output<typeof rotated> {
  const { id: clientId, previous_secret_until: until, sealed_secret: sealed } = reply;
  return { id: clientId, client_secret: secrets.open(sealed), previous_secret_until: rfc3339(until) };
}

/**
 * A secret as a command takes it. It leaves the process only in the answer, where the reply's seal is opened: a replay shows the first one
 * again.
 */
export function newSecret({ chance, secrets }: Pick<Given, 'chance' | 'secrets'>): FreshSecret {
  const fresh = Buffer.from(chance(SECRET_BYTES)).toString('base64url');
  return { secretHash: secrets.hash('client-secret', fresh), sealedSecret: secrets.seal(fresh) };
}
