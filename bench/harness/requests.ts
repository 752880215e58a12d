import { randomUUIDv7 } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

/** A request of a load. */
export type Sent = {
  /** The name under which it is counted, together with others like it. */
  readonly kind: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The value of `Authorization`. */
  readonly bearer: string;
  /** Sent as JSON under a request key of its own. */
  readonly body?: object;
  /** It follows the answer to the request before it, on the same connection. */
  readonly follows?: boolean;
};

/** Each request in a load's file: 4 bytes of length, one of kind, one that says whether it follows; then the request as it is sent. */
export const RECORD_HEAD_BYTES = 6;

const FLUSH_BYTES = 4 * 1_024 * 1_024;

/** Writes requests as they will be sent, so that the load has nothing to make. Gives the names of their kinds, and how many there are of each. */
export function writeRequests(file: string, requests: Iterable<Sent>): Map<string, number> {
  const kinds = new Map<string, number>();
  const names: string[] = [];
  const out = openSync(file, 'w');
  let waiting: Buffer[] = [];
  let bytes = 0;
  const flush = () => {
    writeSync(out, Buffer.concat(waiting));
    waiting = [];
    bytes = 0;
  };
  for (const request of requests) {
    if (!kinds.has(request.kind)) names.push(request.kind);
    kinds.set(request.kind, (kinds.get(request.kind) ?? 0) + 1);
    const record = recordOf(request, names.indexOf(request.kind));
    waiting.push(record);
    bytes += record.length;
    if (bytes > FLUSH_BYTES) flush();
  }
  flush();
  closeSync(out);
  return kinds;
}

function recordOf(request: Sent, kind: number): Buffer {
  const sent = bytesOf(request);
  const head = Buffer.alloc(RECORD_HEAD_BYTES);
  head.writeUInt32LE(sent.length);
  head[4] = kind;
  head[5] = request.follows ? 1 : 0;
  return Buffer.concat([head, sent]);
}

function bytesOf({ method, path, bearer, body }: Sent): Buffer {
  const head = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: ${bearer}\r\n`;
  if (!body) return Buffer.from(`${head}\r\n`);
  const json = JSON.stringify(body);
  const about = `idempotency-key: ${randomUUIDv7()}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}\r\n`;
  return Buffer.from(`${head}${about}\r\n${json}`);
}
