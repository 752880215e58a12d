/** A network between a service and its PostgreSQL server that a test may let fall silent: no connection breaks, and nothing arrives any more. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What is sent to the server when silence falls, and whether that is the last that arrives or the first that does not. */
export type Silence = { readonly at: string; readonly arrives: boolean };

export type Network = {
  /** The database, as it is reached through the network. */
  readonly url: string;
  fallSilent(silence: Silence): void;
  /**
   * New connections are carried again, and what was closed meanwhile is told. Those that were there in the silence stay silent for good, as
   * with a firewall that has forgotten them.
   */
  heal(): void;
};

type Line = { readonly near: Socket; readonly far: Socket; lost: boolean };

export async function networkTo(database: string): Promise<Network> {
  const { hostname, port } = new URL(database);
  const lines = new Set<Line>();
  let awaited: Silence | undefined;
  let silent = false;

  function silence(): void {
    silent = true;
    for (const line of lines) line.lost = true;
  }

  const server = createServer((near) => {
    const line: Line = { near, far: connect(Number(port), hostname), lost: silent };
    lines.add(line);
    near.on('data', (sent) => {
      const last = awaited !== undefined && sent.includes(awaited.at);
      if (last && !awaited?.arrives) silence();
      if (!line.lost) line.far.write(sent);
      if (last) silence();
    });
    line.far.on('data', (answer) => void (line.lost || near.write(answer)));
    near.on('close', () => void (silent || line.far.destroy()));
    line.far.on('close', () => void (line.lost || near.destroy()));
    for (const socket of [near, line.far]) socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const { near, far } of lines) for (const socket of [near, far]) socket.destroy();
  });

  const url = new URL(database);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    fallSilent: (at) => void (awaited = at),
    heal() {
      awaited = undefined;
      silent = false;
      for (const { near, far } of lines) if (near.destroyed) far.destroy();
    },
  };
}
