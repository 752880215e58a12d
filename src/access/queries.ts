import { and, desc, eq, inArray, isNull, lt } from 'drizzle-orm';
import { isOneOf, ofOffice, type Page, type Row, rowByKey, type View } from '../store/index.ts';
import type { ClientKind } from './scopes.ts';
import type { Person } from './sessions.ts';

export async function loginByName(view: View, name: string): Promise<Row<'login'> | undefined> {
  const known = await rowByKey(view, 'loginName', name);
  return known && loginById(view, known.loginId);
}

export function loginById(view: View, id: string): Promise<Row<'login'> | undefined> {
  return rowByKey(view, 'login', id);
}

/** A login, and the client that it acts through. */
export type LoginWithClient = { readonly login: Row<'login'>; readonly client: Row<'client'> };

export async function loginWithClient(view: View, id: string): Promise<LoginWithClient | undefined> {
  const login = await loginById(view, id);
  return login && { login, client: (await rowByKey(view, 'client', login.clientId))! };
}

/** The logins whose clients are bound within a community, or those of the street office (null), newest first. */
export async function loginsPage(view: View, communityId: string | null, { limit, after }: Page): Promise<LoginWithClient[]> {
  const { read, tables } = view;
  const { login, client } = tables;
  // Two reads and no subquery: a distributed database does not keep a login beside its client.
  const clients = await read
    .select()
    .from(client)
    .where(and(ofOffice(client.communityId, communityId), inArray(client.kind, ['till', 'officer'])));
  const byId = new Map(clients.map((row) => [row.id, row]));
  const logins = await read
    .select()
    .from(login)
    .where(and(isOneOf(view, login.clientId, [...byId.keys()]), after === undefined ? undefined : lt(login.id, after)))
    .orderBy(desc(login.id))
    .limit(limit + 1);
  return logins.map((row) => ({ login: row, client: byId.get(row.clientId)! }));
}

/** The latest codes in these rows. */
export async function signInCodes(view: View, rows: readonly string[]): Promise<Row<'signInCode'>[]> {
  const found = await Promise.all(rows.map((row) => rowByKey(view, 'signInCode', row)));
  return found.filter((row) => row !== undefined);
}

export function sessionById(view: View, id: string): Promise<Row<'session'> | undefined> {
  return rowByKey(view, 'session', id);
}

/** A person's sessions, also those that have ended, newest first. */
export async function sessionsPage(
  { read, tables: { session } }: View,
  { clientId, loginId }: Person,
  { limit, after }: Page,
): Promise<Row<'session'>[]> {
  const own = loginId === null ? isNull(session.loginId) : eq(session.loginId, loginId);
  return read
    .select()
    .from(session)
    .where(and(eq(session.clientId, clientId), own, after === undefined ? undefined : lt(session.id, after)))
    .orderBy(desc(session.id))
    .limit(limit + 1);
}

export type ClientFilter = { readonly communityId: string | null; readonly kind: ClientKind | undefined };

/** The clients bound within a community, or those of the street office (null), newest first; of one kind, or of all. */
export async function clientsPage({ read, tables: { client } }: View, { communityId, kind }: ClientFilter, { limit, after }: Page) {
  const ofKind = kind === undefined ? undefined : eq(client.kind, kind);
  return read
    .select()
    .from(client)
    .where(and(ofOffice(client.communityId, communityId), ofKind, after === undefined ? undefined : lt(client.id, after)))
    .orderBy(desc(client.id))
    .limit(limit + 1);
}

export function clientById(view: View, id: string): Promise<Row<'client'> | undefined> {
  return rowByKey(view, 'client', id);
}
