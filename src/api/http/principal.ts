import type { FastifyRequest } from 'fastify';
import type { Acting, ClientKind, Person, Scope } from '../../access/index.ts';
import type { Code } from '../catalogue.ts';
import { Problem } from './problem.ts';

/** The sender of a request, from its token. */
export type Principal = {
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  readonly community?: string;
  readonly merchant?: string;
  readonly store?: string;
  readonly officer?: string;
  readonly resident?: string;
  /** The session, if a person is signed in. */
  readonly session?: string;
  /** The login; a resident has none. */
  readonly login?: string;
  /** Somebody else has seen the password: its owner may only set another. */
  readonly passwordTemporary?: true;
  /** The actor: the officer or resident that the client is bound to, the cashier's login, the merchant, or else the client. */
  readonly actor: string;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route with a scope, and on those for people who are signed in. */
    principal: Principal;
  }
  interface FastifyContextConfig {
    /** The scope that a token needs. A route without a scope must be `public` or a `session` route, or the service does not start. */
    scope?: Scope;
    /** For people who are signed in, with any scopes: the route concerns their session and their login. */
    session?: true;
    /** A write: it needs an Idempotency-Key. */
    keyed?: true;
    /** Answers without a token. */
    public?: true;
    /** For operators and probes: never limited, and answered also when the process is overloaded. */
    operational?: true;
    /** Codes that it may be refused with and that neither its scope, its path, its key nor its body tells of: for the OpenAPI document. */
    mayRefuse?: readonly Code[];
    /** Begins or ends a session. */
    setsCookie?: true;
    /** Its errors also carry the members that RFC 6749 requires of a token endpoint. */
    oauth?: true;
  }
}

/** The kind of the client, by the party that it acts for. */
export function kindOf({ officer, resident, merchant }: Principal): ClientKind {
  if (resident !== undefined) return 'resident';
  if (officer !== undefined) return 'officer';
  return merchant === undefined ? 'machine' : 'till';
}

/** The `config` of a route that needs a scope; with the codes that it refuses with in a way of its own, see `mayRefuse`. */
export function requires(scope: Scope, ...mayRefuse: readonly Code[]): { scope: Scope; mayRefuse: readonly Code[] } {
  return { scope, mayRefuse };
}

/** The `config` of a route that submits a command: it needs a scope, and an Idempotency-Key. */
export function writes(scope: Scope): { scope: Scope; keyed: true } {
  return { scope, keyed: true };
}

/** The `config` of a route for people who are signed in. It takes no Idempotency-Key: its command may be carried out twice. */
export const ofSession = { session: true } as const;

/** The person who is signed in. */
export function personOf({ principal: { clientId, login } }: FastifyRequest): Person {
  return { clientId, loginId: login ?? null };
}

/** The session of the person who is signed in. Throws `wrong_client` for a program. */
export function sessionOf({ principal: { session } }: FastifyRequest): string {
  if (session === undefined) throw wrongClient('a person who is signed in');
  return session;
}

/** The login of the person who is signed in. Throws `wrong_client` for a resident, who has none. */
export function loginOf({ principal: { login } }: FastifyRequest): string {
  if (login === undefined) throw wrongClient('a login with a password');
  return login;
}

/** The officer who sent the request. Throws `wrong_client` if the client does not belong to an officer. */
export function officerOf({ principal: { officer, community } }: FastifyRequest): Acting {
  if (officer === undefined) throw wrongClient('an officer');
  return { id: officer, communityId: community ?? null };
}

/** The community that an officer or a machine stands for. Throws `wrong_client` for the street office, which stands for none. */
export function communityOf({ principal: { community } }: FastifyRequest): string {
  if (community === undefined) throw wrongClient('a community');
  return community;
}

/** The id of the resident who sent the request. */
export function residentOf({ principal: { resident } }: FastifyRequest): string {
  if (resident === undefined) throw wrongClient('a resident');
  return resident;
}

/** The merchant that sent the request, and the store if the client is bound to one. */
export function merchantOf({ principal: { merchant, store } }: FastifyRequest): { merchantId: string; storeId: string | undefined } {
  if (merchant === undefined) throw wrongClient('a merchant');
  return { merchantId: merchant, storeId: store };
}

function wrongClient(needed: string): Problem {
  return new Problem('wrong_client', { details: { needed } });
}
