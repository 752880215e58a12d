/** The input from which the service is built, by the process and by tests. */
import type { KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import type { Logger } from 'pino';
import type { ClientKind, Secrets } from '../../access/index.ts';
import type { Texting } from '../../communities/index.ts';
import type { Engine } from '../../ledger/index.ts';
import type { Store } from '../../store/index.ts';
import type { Metrics } from './metrics.ts';

/** The Ed25519 key that signs access tokens. */
export type SigningKeys = {
  /** RFC 7638 thumbprint of the public key. */
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly publicJwk: JWK;
};

export type ApiConfig = {
  /** The address at which callers reach the service, without a slash at the end; issuer and audience of its tokens. */
  readonly publicUrl: string;
  /** Requests a minute of one address, of one client, and of a client of a kind, which left out has the limit of any client. */
  readonly rateLimitPerMinute: { readonly client: number; readonly address: number } & { readonly [K in ClientKind]?: number };
  /** Addresses and networks of the proxies whose X-Forwarded-For is trusted. */
  readonly trustProxy: string[] | false;
  /** A port of its own for the metrics, where the process serves them instead of a route. */
  readonly metricsPort?: number | undefined;
  /** Commands that may wait before further ones are turned away. */
  readonly queueMax: number;
  /** The delay of the process above which callers are turned away, in milliseconds. */
  readonly eventLoopDelayMaxMs: number;
  /** Connections that may be open at once; undefined: any number. */
  readonly connectionsMax?: number | undefined;
};

export type Given = {
  readonly store: Store;
  readonly engine: Engine;
  readonly secrets: Secrets;
  readonly signing: SigningKeys;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Random bytes. */
  readonly chance: (bytes: number) => Uint8Array;
  readonly config: ApiConfig;
  readonly logger: Logger;
  /** The metrics, if the process serves them itself. */
  readonly metrics?: Metrics;
  /** Why the clock cannot be believed, while it cannot. No command is taken then. */
  readonly clockTrouble?: () => ClockTrouble | undefined;
  /** Sends a resident a one-time code. If it is missing, codes cannot be sent. */
  readonly deliverCode?: DeliverCode | undefined;
  /** Begins to send a message to a resident's phone, and returns at once. If it is missing, nobody is sent any. */
  readonly tell?: Texting['tell'] | undefined;
};

/**
 * `off`: the clock was set while the process ran, by so many seconds (negative: back). `ahead` and `behind`: at the start it did not fit the
 * latest that was written, at `known` (epoch milliseconds).
 */
export type ClockTrouble = { readonly off: number } | { readonly clock: 'ahead' | 'behind'; readonly known: number };

/** The use of a one-time code. The text that it is sent with says so: nobody gives away by one what they would not by another. */
export type CodePurpose = 'sign-in' | 'register' | 'change-from' | 'change-to' | 'stop-change' | 'move' | 'erase';

/**
 * Sends a one-time code to a phone; left out, it is for signing in. Throws on failure; the error contains neither the phone number nor the
 * code.
 */
export type DeliverCode = (phone: string, code: string, purpose?: CodePurpose) => Promise<void>;
