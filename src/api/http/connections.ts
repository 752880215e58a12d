import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import { addressOf } from './address.ts';
import type { ApiConfig } from './given.ts';

/** The part of all connections that one address may hold, so that it leaves room for others. */
const SHARE = 1 / 4;

/**
 * Ends connections beyond what the process can serve, and beyond the share of one address: whoever opens them and sends nothing would keep
 * everybody else out. Proxies of the operator have no share, since all callers come through them.
 */
export function limitConnections({ server }: FastifyInstance, { connectionsMax, trustProxy }: ApiConfig): void {
  if (connectionsMax === undefined) return;
  server.maxConnections = connectionsMax;
  if (trustProxy === false) shareOut(server, Math.ceil(connectionsMax * SHARE));
}

function shareOut(server: FastifyInstance['server'], share: number): void {
  const held = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    // A caller who has left already has no address any more.
    const address = addressOf({ ip: socket.remoteAddress ?? '' });
    const count = (held.get(address) ?? 0) + 1;
    held.set(address, count);
    socket.once('close', () => {
      const left = held.get(address)! - 1;
      if (left > 0) held.set(address, left);
      else held.delete(address);
    });
    if (count > share) socket.destroy();
  });
}
