/** A gateway for messages to phones, at a socket of its own. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

type Got = { readonly headers: IncomingHttpHeaders; readonly body: Readonly<Record<string, string>> };

export type Gateway = {
  readonly url: string;
  /** Everything that reached it, whatever it answered. */
  readonly got: Got[];
  /** The answer from now on: a status, or `hangs`. Whoever hangs already loses the connection. */
  answers(how: number | 'hangs'): void;
};

export async function openGateway(first: number | 'hangs' = 204): Promise<Gateway> {
  const got: Got[] = [];
  const hanging = new Set<ServerResponse>();
  let how = first;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) as Got['body'] });
      if (how === 'hangs') hanging.add(response);
      else response.writeHead(how, { location: '/elsewhere' }).end('answer');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const letGo = () => {
    for (const response of hanging) response.destroy();
    hanging.clear();
  };
  onTestFinished(() => {
    letGo();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`,
    got,
    answers(next) {
      how = next;
      letGo();
    },
  };
}
