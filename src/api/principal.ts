import type { FastifyRequest } from 'fastify';
import type { Acting, Scope } from '../communities/index.ts';
import { Problem } from './problem.ts';

/** Who sent a request, as its token says. */
export type Principal = {
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  readonly community?: string;
  readonly merchant?: string;
  readonly store?: string;
  readonly officer?: string;
  readonly resident?: string;
  /** Who acts: the officer, the resident or the merchant that the client is bound to, or else the client. */
  readonly actor: string;
};

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that names a scope. */
    principal: Principal;
  }
  interface FastifyContextConfig {
    /** What a token must allow. A route without it must be `public`: neither is an error at start. */
    scope?: Scope;
    /** A write: it needs an Idempotency-Key. */
    keyed?: true;
    /** Answers without a token. */
    public?: true;
    /** An operator's or a probe's: never limited, and answered when the process is behind. */
    operational?: true;
    /** Its errors also carry the members that RFC 6749 asks of a token endpoint. */
    oauth?: true;
  }
}

/** The `config` of a route that needs a scope. */
export function requires(scope: Scope): { scope: Scope } {
  return { scope };
}

/** The `config` of a route that submits a command: it needs a scope, and an Idempotency-Key. */
export function writes(scope: Scope): { scope: Scope; keyed: true } {
  return { scope, keyed: true };
}

/** The officer who sent the request. Throws `wrong_client` if its client is no officer's. */
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

/** The merchant, and the store where the client is bound to one, that sent the request. */
export function merchantOf({ principal: { merchant, store } }: FastifyRequest): { merchantId: string; storeId: string | undefined } {
  if (merchant === undefined) throw wrongClient('a merchant');
  return { merchantId: merchant, storeId: store };
}

function wrongClient(needed: string): Problem {
  return new Problem('wrong_client', { details: { needed } });
}
