import type { Credential } from './scheme.ts';

/** The `Authorization` of a client. Throws for one that was not asked for. */
export type Bearers = (client: Credential) => string;

const AT_ONCE = 16;

/** Gets an access token for each client, as they do themselves. */
export async function bearersOf(port: number, clients: readonly Credential[]): Promise<Bearers> {
  const bearers = new Map<string, string>();
  for (let from = 0; from < clients.length; from += AT_ONCE) {
    const some = clients.slice(from, from + AT_ONCE);
    await Promise.all(some.map(async (client) => bearers.set(client.clientId, await bearerOf(port, client))));
  }
  return ({ clientId }) => {
    const bearer = bearers.get(clientId);
    if (bearer === undefined) throw new Error(`no token was fetched for ${clientId}`);
    return bearer;
  };
}

async function bearerOf(port: number, { clientId, secret }: Credential): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
  const answer = await fetch(`http://127.0.0.1:${port}/oauth/token`, { method: 'POST', body: form });
  if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`);
  return `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
}
