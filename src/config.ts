/** The settings of the process, from its environment. `docs/operating.md` lists them; a test holds that table equal to this schema. */
import { createPrivateKey } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';

const KEY_BYTES = 32;
const levels: readonly string[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

const variables = z.object({
  PORT: whole(0, 65_535).prefault('8080').meta({ description: 'Port to listen on; 0 takes a free one.' }),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an address')
    .prefault('127.0.0.1')
    .meta({ description: 'Address to listen on; `0.0.0.0` for all.' }),
  METRICS_PORT: whole(0, 65_535)
    .optional()
    .meta({ description: 'Port of its own for `/metrics`, which is then at no other; 0 takes a free one.', fallback: 'PORT' }),
  PUBLIC_URL: z
    .string()
    .refine(isWebAddress, 'must be an http or https address without a query')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta({
      description: 'Where callers reach the service: issuer and audience of its access tokens. Every process of one scheme needs the same.',
      fallback: 'http://HOST:PORT',
    }),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.|postgres(ql)?:\/\/.)/, 'must start with file: and name a file, or with postgres: and name a database')
    .prefault('file:./data/callmi.db')
    .meta({
      description: 'The database: a file, made on the first start, or `postgres://OWNER:PASSWORD@HOST/DATABASE`, which must be there.',
      secret: true,
    }),
  LOG_LEVEL: z
    .string()
    .refine((level) => levels.includes(level), `must be one of ${levels.join(', ')}`)
    .prefault('info')
    .meta({ description: `How much is logged: \`${levels.join('`, `')}\`.` }),
  SIGNING_KEY: z
    .string()
    .refine(isSigningKey, 'must be an Ed25519 private key as JWK in JSON')
    .optional()
    .meta({ description: 'Signs access tokens: an Ed25519 private key as JWK in JSON.', fallback: 'keys.json', secret: true }),
  HASH_KEY: key().meta({ description: 'Hashes phones, codes and secrets: 32 bytes in base64.', fallback: 'keys.json', secret: true }),
  SEAL_KEY: key().meta({
    description: 'Seals phones, and codes and client secrets in stored answers: 32 bytes in base64.',
    fallback: 'keys.json',
    secret: true,
  }),
  SMS_GATEWAY_URL: z.string().refine(isWebAddress, 'must be an http or https address without a query').optional().meta({
    description:
      'Delivers one-time codes, for each of which it gets `POST` with `{"phone", "code", "text"}`, and messages (`{"phone", "text", "kind"}`). Without it residents cannot sign in by phone, but in a demo, which prints both.',
    fallback: 'none',
  }),
  SMS_GATEWAY_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')
    .optional()
    .meta({ description: 'Sent to that gateway as `Authorization: Bearer …`.', fallback: 'none', secret: true }),
  RATE_LIMIT_PER_MINUTE_CLIENT: whole(1, 100_000_000)
    .prefault('12000')
    .meta({ description: 'Requests a minute that one client of any kind may make, whatever its kind may.' }),
  RATE_LIMIT_PER_MINUTE_TILL: whole(1, 100_000_000)
    .prefault('12000')
    .meta({ description: 'The same for a till: it may be the server of a vendor, for a whole chain of shops.' }),
  RATE_LIMIT_PER_MINUTE_OFFICER: whole(1, 100_000_000)
    .prefault('1200')
    .meta({ description: 'The same for an officer: a person with a console, or a script that registers a street.' }),
  RATE_LIMIT_PER_MINUTE_RESIDENT: whole(1, 100_000_000)
    .prefault('120')
    .meta({ description: 'The same for a resident, on all phones together.' }),
  RATE_LIMIT_PER_MINUTE_MACHINE: whole(1, 100_000_000).prefault('3000').meta({ description: 'The same for another machine, which reads.' }),
  RATE_LIMIT_PER_MINUTE_ADDRESS: whole(1, 100_000_000)
    .prefault('60000')
    .meta({ description: 'Requests a minute that one address (of IPv6, one /64 network) may make.' }),
  QUEUE_MAX: whole(1, 1_000_000)
    .prefault('8192')
    .meta({ description: 'Commands that may wait for the engine; further ones are answered 503.' }),
  EVENT_LOOP_DELAY_MAX_MS: whole(10, 60_000)
    .prefault('1000')
    .meta({ description: 'How far behind the process may be before callers are answered 503.' }),
  TRUST_PROXY: z
    .string()
    .refine((text) => text === 'off' || text.split(',').every(isNetwork), 'must be off, or addresses and networks separated by commas')
    .transform((text) => (text === 'off' ? false : text.split(',')))
    .prefault('off')
    .meta({ description: 'Addresses or networks of your proxies (`10.0.0.0/8,::1`), whose X-Forwarded-For is believed; or `off`.' }),
});

/** A whole number, as text. */
function whole(min: number, max: number) {
  const between = (text: string) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max;
  return z.string().refine(between, `must be a whole number from ${min} to ${max}`).transform(Number);
}

function key() {
  return z
    .base64('must be 32 bytes in base64')
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
    .refine(({ length }) => length === KEY_BYTES, 'must be 32 bytes in base64')
    .optional();
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\/[^?#]+$/.test(text);
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  return isIP(address) !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}

function isSigningKey(text: string): boolean {
  try {
    return createPrivateKey({ key: JSON.parse(text), format: 'jwk' }).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

export type Config = {
  readonly port: number;
  readonly host: string;
  /** Undefined: metrics are served with everything else. */
  readonly metricsPort?: number | undefined;
  readonly publicUrl: string;
  readonly databaseUrl: string;
  readonly logLevel: string;
  /** The ones of the three keys that the environment sets. */
  readonly keys: {
    readonly signingKey?: string | undefined;
    readonly hashKey?: Uint8Array | undefined;
    readonly sealKey?: Uint8Array | undefined;
  };
  readonly rateLimitPerMinute: {
    readonly client: number;
    readonly till: number;
    readonly officer: number;
    readonly resident: number;
    readonly machine: number;
    readonly address: number;
  };
  readonly queueMax: number;
  readonly eventLoopDelayMaxMs: number;
  readonly trustProxy: string[] | false;
  /** The gateway that delivers one-time codes. */
  readonly smsGateway?: SmsGateway | undefined;
};

export type SmsGateway = { readonly url: string; readonly bearer?: string | undefined };

/** An invalid setting; its message is one sentence for the operator. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the settings. A variable that is empty counts as not set. Throws `ConfigError` naming the first invalid one. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = variables.safeParse(set);
  if (!parsed.success) throw new ConfigError(sentence(parsed.error.issues[0]!, set));
  const { PORT: port, HOST: host, ...rest } = parsed.data;
  if (port > 0 && rest.METRICS_PORT === port) throw new ConfigError(`METRICS_PORT must be another port than PORT (got "${port}").`);
  const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return {
    port,
    host,
    metricsPort: rest.METRICS_PORT,
    publicUrl: rest.PUBLIC_URL ?? `http://${authority}`,
    databaseUrl: rest.DATABASE_URL,
    logLevel: rest.LOG_LEVEL,
    keys: { signingKey: rest.SIGNING_KEY, hashKey: rest.HASH_KEY, sealKey: rest.SEAL_KEY },
    rateLimitPerMinute: {
      client: rest.RATE_LIMIT_PER_MINUTE_CLIENT,
      till: rest.RATE_LIMIT_PER_MINUTE_TILL,
      officer: rest.RATE_LIMIT_PER_MINUTE_OFFICER,
      resident: rest.RATE_LIMIT_PER_MINUTE_RESIDENT,
      machine: rest.RATE_LIMIT_PER_MINUTE_MACHINE,
      address: rest.RATE_LIMIT_PER_MINUTE_ADDRESS,
    },
    queueMax: rest.QUEUE_MAX,
    eventLoopDelayMaxMs: rest.EVENT_LOOP_DELAY_MAX_MS,
    trustProxy: rest.TRUST_PROXY,
    smsGateway: rest.SMS_GATEWAY_URL === undefined ? undefined : { url: rest.SMS_GATEWAY_URL, bearer: rest.SMS_GATEWAY_TOKEN },
  };
}

function sentence({ path, message }: z.core.$ZodIssue, set: Readonly<Record<string, string | undefined>>): string {
  const name = String(path[0]) as keyof typeof variables.shape;
  const got = isSecret(name) ? '' : ` (got ${JSON.stringify(set[name])})`;
  return `${name} ${message}${got}.`;
}

function isSecret(name: keyof typeof variables.shape): boolean {
  return variables.shape[name].meta()?.['secret'] === true;
}

export type Variable = { readonly name: string; readonly fallback: string; readonly description: string };

/** Every variable, for the table in `docs/operating.md`. */
export function configVariables(): Variable[] {
  return Object.entries(variables.shape).map(([name, schema]) => {
    const { description = '', fallback } = schema.meta() ?? {};
    const { defaultValue } = schema.def as { defaultValue?: string };
    return { name, fallback: defaultValue ?? (fallback as string), description };
  });
}
