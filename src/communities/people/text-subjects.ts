/** The things that are told to a phone, and the finding of those that nobody has told yet. */
import { and, asc, eq, gte, ne } from 'drizzle-orm';
import { type ClientKind, firstIdFrom, NOBODYS_SECRET, secretReplacedAt } from '../../access/index.ts';
import { type Row, rowByKey, type View } from '../../store/index.ts';
import type { TextSubject } from './text-claims.ts';

/** Rows that are looked through at once. */
export const LOOKED_THROUGH = 1_000;

/** The messages of a change of number: one to each. */
export function textsOfChange({ id, residentId, changedAt }: Pick<Row<'phoneChange'>, 'id' | 'residentId' | 'changedAt'>): TextSubject[] {
  const common = { residentId, subject: id, at: changedAt };
  return [
    { ...common, kind: 'number_changed_former' },
    { ...common, kind: 'number_changed' },
  ];
}

/** The message of a new credential, if it is a resident's. */
export function textsOfNewCredential({ id, residentId, createdAt }: Pick<Row<'client'>, 'id' | 'residentId' | 'createdAt'>): TextSubject[] {
  return residentId === null ? [] : [{ residentId, kind: 'credential_made', subject: id, at: createdAt }];
}

/** The message of the last change of a credential's secret, if it is a resident's and was ever changed. */
export function textsOfSecret(client: Pick<Row<'client'>, 'id' | 'residentId' | 'previousSecretUntil'>): TextSubject[] {
  const { id, residentId } = client;
  const at = secretReplacedAt(client);
  return residentId === null || at === null ? [] : [{ residentId, kind: 'secret_replaced', subject: id, at }];
}

/** Changes of numbers and new credentials from `from` on of which no message is claimed: a process ended before it could. */
export async function unclaimedFrom(view: View, from: number): Promise<TextSubject[]> {
  const [changes, credentials] = await Promise.all([changesFrom(view, from), credentialsFrom(view, from)]);
  const all = [...changes.flatMap(textsOfChange), ...credentials.flatMap(textsOfNewCredential)];
  const claimed = await Promise.all(
    all.map(async ({ residentId, kind, subject, at }) => rowByKey(view, 'messageSent', residentId, kind, subject, at)),
  );
  return all.filter((_, n) => !claimed[n]);
}

async function changesFrom({ read, tables: { phoneChange } }: View, from: number): Promise<Row<'phoneChange'>[]> {
  return read
    .select()
    .from(phoneChange)
    .where(gte(phoneChange.id, firstIdFrom('phc', from)))
    .orderBy(asc(phoneChange.id))
    .limit(LOOKED_THROUGH);
}

/** Credentials of residents. Nobody is told of a client without a secret, which signing in makes. */
async function credentialsFrom({ read, tables: { client } }: View, from: number): Promise<Row<'client'>[]> {
  const ofResidents = and(eq(client.kind, 'resident' satisfies ClientKind), ne(client.secretHash, NOBODYS_SECRET));
  return read
    .select()
    .from(client)
    .where(and(gte(client.id, firstIdFrom('cli', from)), ofResidents))
    .orderBy(asc(client.id))
    .limit(LOOKED_THROUGH);
}
