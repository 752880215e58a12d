/** The cookie that a browser keeps a session in, and from where requests with it may come. */
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

const NAME = 'callmi_session';

/**
 * The cookie's name. Over TLS it has the prefix by which browsers take it from this host alone: another host of the same domain could
 * otherwise set one beside it, and have people act in a session of its own.
 */
export function cookieName(publicUrl: string): string {
  return isSecure(publicUrl) ? `__Host-${NAME}` : NAME;
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}

/** Registers the plugin; a cookie is read only where one is asked for, so that tills do not pay for it. */
export async function keepCookies(app: FastifyInstance): Promise<void> {
  await app.register(cookie, { hook: false });
}

/** What the session's cookie holds, or undefined if there is none. */
export function sessionCookie({ server, headers }: FastifyRequest, publicUrl: string): string | undefined {
  return headers.cookie === undefined ? undefined : server.parseCookie(headers.cookie)[cookieName(publicUrl)];
}

export function setSessionCookie(reply: FastifyReply, publicUrl: string, value: string, expiresAt: number): void {
  void reply.setCookie(cookieName(publicUrl), value, { ...attributes(publicUrl), expires: new Date(expiresAt) });
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  void reply.clearCookie(cookieName(publicUrl), attributes(publicUrl));
}

/** No script reads it, and no other site's page sends it. */
function attributes(publicUrl: string) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(publicUrl) } as const;
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
