/** The people who try to sign in, and the slots in which their wrong tries are counted. */
import type { Secrets, Trier } from '../../access/index.ts';
import type { Row } from '../../store/index.ts';

/** Somebody at an address, with a device that signed in before in the session `known`, or with a stranger's. */
export type Someone = { readonly known: string | undefined; readonly address: string };

const SLOT_DIGITS = 4;

/** The slot of a kind to which a text belongs: one of 65,536. */
export function slotFor(secrets: Pick<Secrets, 'hash'>, kind: string, ...texts: readonly string[]): string {
  return `${kind}:${secrets.hash('try', [kind, ...texts].join('\n')).slice(0, SLOT_DIGITS)}`;
}

/** Somebody who tries a password of a name. A new password of the login begins anew, also for those who are locked out of it. */
export function passwordTrier(secrets: Secrets, { name, login }: Named, { known, address }: Someone): Trier {
  if (known !== undefined) return trierOf(slotFor(secrets, 'device', known));
  const at = [name, login?.passwordHash ?? ''];
  return {
    own: slotFor(secrets, 'address', address, ...at),
    strangers: slotFor(secrets, 'name', ...at),
    strangersAtTotp: slotFor(secrets, 'totp', ...at),
  };
}

type Named = { readonly name: string; readonly login: Row<'login'> | undefined };

/** Somebody who tries the password of their own login while they are signed in. */
export function sessionTrier(secrets: Secrets, sessionId: string): Trier {
  return trierOf(slotFor(secrets, 'session', sessionId));
}

function trierOf(own: string): Trier {
  return { own, strangers: null, strangersAtTotp: null };
}

/** The rows in which the code for a phone may be, that of codes which this device asks for first. */
export function codeRows(secrets: Secrets, phone: string, known: string | undefined): readonly [string, ...string[]] {
  const strangers = secrets.hash('phone', phone);
  return known === undefined ? [strangers] : [secrets.hash('try', `known devices of ${phone}`), strangers];
}
