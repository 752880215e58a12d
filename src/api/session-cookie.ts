/** The cookie that a browser keeps a session in, and from where requests with it may come. */
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

export const SESSION_COOKIE = 'callmi_session';

/** Registers the plugin; a cookie is read only where one is asked for, so that tills do not pay for it. */
export async function keepCookies(app: FastifyInstance): Promise<void> {
  await app.register(cookie, { hook: false });
}

/** What the session's cookie holds, or undefined if there is none. */
export function sessionCookie({ server, headers }: FastifyRequest): string | undefined {
  return headers.cookie === undefined ? undefined : server.parseCookie(headers.cookie)[SESSION_COOKIE];
}

export function setSessionCookie(reply: FastifyReply, publicUrl: string, value: string, expiresAt: number): void {
  void reply.setCookie(SESSION_COOKIE, value, { ...attributes(publicUrl), expires: new Date(expiresAt) });
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  void reply.clearCookie(SESSION_COOKIE, attributes(publicUrl));
}

/** No script reads it, and no other site's page sends it. */
function attributes(publicUrl: string) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: publicUrl.startsWith('https:') } as const;
}

/**
 * Throws `cross_site_request` if a browser says that a page of another origin sent this. What says nothing is no browser of today: `silent`
 * tells whether it is let pass.
 */
export function assertSameOrigin({ headers }: FastifyRequest, publicUrl: string, silent: 'refused' | 'passes'): void {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site === undefined && origin === undefined && silent === 'passes') return;
  // Behind a proxy the scheme is not known here: of the Host's origin only the host is compared.
  const same = site === undefined ? isOrigin(origin, publicUrl, host) : site === 'same-origin';
  if (!same) throw new Problem('cross_site_request');
}

function isOrigin(origin: string | undefined, publicUrl: string, host: string | undefined): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || new URL(origin).host === host;
}
