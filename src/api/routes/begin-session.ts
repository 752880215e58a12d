import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { clientById, sessionById } from '../../access/index.ts';
import { noteSameDevice } from '../../communities/index.ts';
import type { Deps } from '../deps.ts';
import type { Signer } from '../http/device-cookie.ts';
import { setSessionCookie } from '../http/session-cookie.ts';
import { presentSignedIn, type signedIn } from './sign-in-wire.ts';

/** Gives the browser the cookie of a session that has begun, marks its device, and shows who is signed in. */
export async function beginSession(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { signer, sessionId }: { readonly signer: Signer; readonly sessionId: string },
): Promise<z.output<typeof signedIn>> {
  const { store, config, auth, devices } = deps;
  const session = (await sessionById(store, sessionId))!;
  const client = (await clientById(store, session.clientId))!;
  setSessionCookie(reply, config.publicUrl, await auth.issueSession(client, session), session.expiresAt);
  const shown = await presentSignedIn(store, session, client, client.scopes.split(' '));
  devices.mark(request, reply, signer, sessionId);
  if ('phoneHash' in signer) await noteOthers(deps, request, signer, sessionId);
  return shown;
}

/** Notes the question of one device and several residents. The session has begun, so nobody is turned away if this fails. */
async function noteOthers({ devices, submitOnce }: Deps, request: FastifyRequest, signer: Signer, sessionId: string): Promise<void> {
  const otherSessionIds = devices.othersOn(request, signer);
  if (otherSessionIds.length === 0) return;
  try {
    await submitOnce(request, noteSameDevice, { sessionId, otherSessionIds });
  } catch (error) {
    request.log.error({ err: error }, 'a question about one device could not be noted');
  }
}
