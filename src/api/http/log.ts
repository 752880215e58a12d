import { type DestinationStream, type Logger, pino } from 'pino';

const telling = ['authorization', 'client_secret', 'access_token', 'phone', 'pin', 'secret', 'password', 'totp', 'cookie'];

/**
 * The process's log: flat JSON lines on standard output. Bodies, headers and queries are never logged; a top-level field with the name of a
 * secret is redacted all the same (checking nested objects would cost each line five times as much).
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: [...telling], censor: '[redacted]' },
    serializers: { err: errorLine },
  };
  return destination ? pino(options, destination) : pino(options);
}

type ErrorLine = { type: string; code?: unknown; message?: string; frames?: string[]; cause?: ErrorLine };

/** An error without its data: the message of a failed query contains the query's parameters. */
function errorLine(error: unknown): ErrorLine {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack = '', cause } = error;
  return {
    type: name,
    ...('code' in error && { code: error.code }),
    ...(!('params' in error) && { message }),
    frames: stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .map((line) => line.trim()),
    ...(cause !== undefined && { cause: errorLine(cause) }),
  };
}
