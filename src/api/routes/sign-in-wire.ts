/** Sign-in requests and sessions on the wire. */
import { z } from 'zod';
import { clientKinds, loginById } from '../../access/index.ts';
import { communityById, merchantById, officerById, residentById } from '../../communities/index.ts';
import { type Row, rowByKey, type View } from '../../store/index.ts';
import { visible } from '../../text/index.ts';
import { codecOf } from '../http/codec.ts';
import { communityId, digits, id, isPlain, PASTED_MAX, phone, soughtName } from '../http/wire.ts';
import { faulty } from '../http/field-codes.ts';

const PASSWORD_MIN = 10;
const PASSWORD_MAX = 128;

/** A password that is tried: any text is compared. */
export const triedPassword = z.string().min(1).max(PASSWORD_MAX).refine(isPlain, faulty('control_characters'));

/** A password to be set. */
export const newPassword = z
  .string()
  .min(PASSWORD_MIN)
  .max(PASSWORD_MAX)
  .refine(isPlain, faulty('control_characters'))
  .meta({ description: `${PASSWORD_MIN} to ${PASSWORD_MAX} characters.`, examples: ['correct horse battery'] });

/** A password that was drawn for somebody else. */
export const temporaryPassword = z
  .string()
  .meta({ description: 'Shown only in this answer and its replays. Its owner must set another password before anything else.' });

export const sixDigits = digits(6, '123456');

/** The name of a login. */
export const loginName = z
  .string()
  .regex(/^[a-z][a-z0-9.-]{2,31}$/, faulty('not_a_login_name'))
  .meta({ description: 'The name that is typed at sign-in; never given to another login.', examples: ['wang.yi'] });

const byPhone = ['phone', 'code'] as const;
const byPassword = ['login', 'password'] as const;

/** The body of a sign-in: a resident's phone and code, or a login and its password. */
export const signInBody = z
  .strictObject({
    phone: phone.optional(),
    code: sixDigits.optional().meta({ description: 'The code that was sent to the phone.' }),
    name: soughtName(40).optional().meta({ description: 'With a phone that was silent for 180 days: the name, as it was registered.' }),
    login: z
      .string()
      .max(PASTED_MAX)
      .transform((typed) => visible(typed).trim().toLowerCase())
      .pipe(z.string().min(1).max(64))
      .optional()
      .meta({ description: 'The name of a login, instead of a phone.' }),
    password: triedPassword.optional(),
    totp: sixDigits.optional().meta({ description: 'The code of the authenticator app, if the login has one.' }),
  })
  .check(({ value, issues }) => {
    const issue = (name: string, message: string) => issues.push({ code: 'custom', path: [name], message, input: value });
    const wanted = value.phone === undefined && value.code === undefined ? byPassword : byPhone;
    for (const name of wanted) if (value[name] === undefined) issue(name, faulty('credentials_missing'));
    if (wanted === byPassword && value.name !== undefined) issue('name', faulty('not_of_a_login'));
    if (wanted === byPassword) return;
    for (const name of [...byPassword, 'totp'] as const) if (value[name] !== undefined) issue(name, faulty('not_of_a_phone'));
  });

const named = z.strictObject({ id: z.string(), name: z.string() });

const begun = codecOf('session', ['id', 'startedAt', 'expiresAt']);
const bound = codecOf('client', ['officerId', 'residentId'], { kind: z.enum(clientKinds) });
export const signedIn = z
  .strictObject({
    ...begun.shape,
    ...bound.shape,
    person_name: z.string(),
    login: z.string().nullable().meta({ description: 'The name of the login; null: a resident, who has none.' }),
    community: named.extend({ id: communityId }).nullable().meta({ description: 'Null: the street office.' }),
    merchant: named.extend({ id: id('mer') }).nullable(),
    store: named.extend({ id: id('sto') }).nullable(),
    scopes: z.array(z.string()),
    password_temporary: z.boolean().meta({ description: 'Whether the person must set a password of their own before anything else.' }),
    totp: z.boolean().meta({ description: 'Whether the login has an authenticator app.' }),
  })
  .meta({ id: 'SignedIn' });

/** Presents the person who is signed in, with their scopes. */
export async function presentSignedIn(
  view: View,
  session: Row<'session'>,
  client: Row<'client'>,
  scopes: Iterable<string>,
): Promise<z.output<typeof signedIn>> {
  const [login, community, merchant, store, officer, resident] = await Promise.all([
    found(session.loginId, (of) => loginById(view, of)),
    found(client.communityId, (of) => communityById(view, of)),
    found(client.merchantId, (of) => merchantById(view, of)),
    found(client.storeId, (of) => rowByKey(view, 'store', of)),
    found(client.officerId, (of) => officerById(view, of)),
    found(client.residentId, (of) => residentById(view, of)),
  ]);
  return {
    ...begun.present(session),
    ...bound.present(client),
    person_name: (officer ?? resident)?.name ?? login!.personName,
    login: login?.name ?? null,
    community: shown(community),
    merchant: shown(merchant),
    store: shown(store),
    scopes: [...scopes],
    password_temporary: login?.passwordTemporary === 1,
    totp: login?.totpConfirmed === 1,
  };
}

async function found<R>(of: string | null, read: (of: string) => Promise<R | undefined>): Promise<R | undefined> {
  return of === null ? undefined : read(of);
}

function shown(row: { readonly id: string; readonly name: string } | undefined) {
  return row ? { id: row.id, name: row.name } : null;
}
