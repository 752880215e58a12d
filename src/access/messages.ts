/** The messages about sign-ins and credentials. */
import { and, asc, desc, eq, min, ne, lte } from 'drizzle-orm';
import { hexOf, placed, preparing, type Row, type View } from '../store/index.ts';
import { secretReplacedAt } from './clients.ts';
import { lastIdUntil, LOOK_BACK, type Message, type MessageSpan } from './message.ts';
import { standingClientId } from './standing-clients.ts';

type Credential = { readonly name: string };

export type AccessMessage =
  | Message<'signed_in', { readonly device: string }>
  | Message<'credential_made', Credential>
  | Message<'secret_replaced', Credential>;

/**
 * Sign-ins on a device that none of a resident's sessions before had, of those sessions that are kept, and the resident's credentials: made,
 * and given another secret, of which only the last time is known.
 */
export async function accessMessages(view: View, residentId: string, { until }: MessageSpan): Promise<AccessMessage[]> {
  const standing = standingClientId({ kind: 'resident', residentId });
  const [devices, clients] = await Promise.all([
    devicesOf(view).execute({ clientId: standing }),
    credentialsOf(view).execute({ residentId, standing, last: lastIdUntil('cli', until) }),
  ]);
  const signIns = devices.map(({ device, at }) => ({
    kind: 'signed_in' as const,
    at: at!,
    order: hexOf(standing),
    subject: null,
    details: { device },
  }));
  return [...signIns, ...clients.flatMap(toldOf)];
}

function toldOf(client: Row<'client'>): AccessMessage[] {
  const { id, name, createdAt } = client;
  const common = { order: hexOf(id), subject: id, details: { name } };
  const replacedAt = secretReplacedAt(client);
  const made = { kind: 'credential_made' as const, at: createdAt, ...common };
  return replacedAt === null ? [made] : [made, { kind: 'secret_replaced', at: replacedAt, ...common }];
}

/** There are only as many devices as there are names for them. */
const devicesOf = preparing('devices of a client', ({ read, tables: { session } }: View) =>
  read
    .select({ device: session.device, at: min(session.startedAt) })
    .from(session)
    .where(eq(session.clientId, placed('clientId', session.clientId)))
    .groupBy(session.device)
    .orderBy(asc(session.device)),
);

const credentialsOf = preparing('credentials of a resident', ({ read, tables: { client } }: View) =>
  read
    .select()
    .from(client)
    .where(
      and(
        eq(client.residentId, placed('residentId', client.residentId)),
        ne(client.id, placed('standing', client.id)),
        lte(client.id, placed('last', client.id)),
      ),
    )
    .orderBy(desc(client.id))
    .limit(LOOK_BACK),
);
