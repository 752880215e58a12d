/** A process that may open few files, and strangers who open connections and send nothing. */
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { prepare, startServer } from './support/server.ts';

const OPEN_FILES = 200;
const CONNECTIONS = 150;

it('strangers who open more connections than the process may open files do not end it, and leave it the files that it needs', async () => {
  const server = await startServer(await prepare(0), { TRUST_PROXY: '127.0.0.1' }, { openFiles: OPEN_FILES });
  const { port } = new URL(server.url);
  // It is connected before everybody else.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const ready = async () => {
    const [answer] = (await once(get(`${server.url}/readyz`, { agent }), 'response')) as [IncomingMessage];
    answer.resume();
    await once(answer, 'end');
    return answer.statusCode;
  };
  expect(await ready()).toBe(200);

  const sockets = Array.from({ length: 2 * OPEN_FILES }, () => connect(Number(port), '127.0.0.1').on('error', () => {}));
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  const open = () => sockets.filter((socket) => !socket.destroyed).length;
  await expect.poll(open, { timeout: 60_000 }).toBeLessThan(CONNECTIONS);
  expect(open()).toBeGreaterThan(CONNECTIONS / 2);
  expect(await ready()).toBe(200);
  for (const socket of sockets) socket.destroy();
  await expect.poll(async () => (await fetch(`${server.url}/healthz`).catch(() => undefined))?.status, { timeout: 60_000 }).toBe(200);
  expect(server.printed()).not.toContain('EMFILE');
});
