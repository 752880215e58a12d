/** The cookies of the service, that in which a browser keeps a session first, and the origins from which requests with it are accepted. */
import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

const NAME = 'callmi_session';

/**
 * The cookie's name. Over TLS it has the prefix with which browsers accept it only from this host: another host of the same domain could
 * otherwise set a second one, and have people act in the wrong session.
 */
export function cookieName(publicUrl: string, name: string = NAME): string {
  return isSecure(publicUrl) ? `__Host-${name}` : name;
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}

/** Registers the plugin; a cookie is parsed only when it is needed, so that tills do not pay for it. */
export async function keepCookies(app: FastifyInstance): Promise<void> {
  await app.register(cookie, { hook: false });
}

/** The value of the session's cookie, or undefined if there is none. */
export function sessionCookie(request: FastifyRequest, publicUrl: string): string | undefined {
  return cookieIn(request, NAME, publicUrl);
}

/** The value of one of the service's cookies. */
export function cookieIn({ server, headers }: FastifyRequest, name: string, publicUrl: string): string | undefined {
  return headers.cookie === undefined ? undefined : server.parseCookie(headers.cookie)[cookieName(publicUrl, name)];
}

export function setSessionCookie(reply: FastifyReply, publicUrl: string, value: string, expiresAt: number): void {
  keepCookie(reply, NAME, publicUrl, value, expiresAt);
}

export function keepCookie(reply: FastifyReply, name: string, publicUrl: string, value: string, expiresAt: number): void {
  void reply.setCookie(cookieName(publicUrl, name), value, { ...attributes(publicUrl), expires: new Date(expiresAt) });
}

export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  void reply.clearCookie(cookieName(publicUrl), attributes(publicUrl));
}

/** No script can read the cookie, and no page of another site sends it. */
function attributes(publicUrl: string) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(publicUrl) } as const;
}

/**
 * Throws `cross_site_request` if the browser's headers say that a page of another origin sent this. A client without these headers is not a
 * current browser: `silent` says whether it passes.
 */
export function assertSameOrigin({ headers }: FastifyRequest, publicUrl: string, silent: 'refused' | 'passes'): void {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site === undefined && origin === undefined && silent === 'passes') return;
  // Behind a proxy the scheme is not known here, so only the host is compared with the Host header.
  const same = site === undefined ? isOrigin(origin, publicUrl, host) : site === 'same-origin';
  if (!same) throw new Problem('cross_site_request');
}

function isOrigin(origin: string | undefined, publicUrl: string, host: string | undefined): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || new URL(origin).host === host;
}
