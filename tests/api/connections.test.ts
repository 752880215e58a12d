import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openApi } from '../support/api.ts';
import { openScheme } from '../support/scheme.ts';

const MOST = 8;

/** Opens a connection of its own, asks something, and tells whether there was an answer. */
async function asker(trustProxy: string[] | false) {
  const { app } = await openApi(await openScheme(), { connectionsMax: MOST, trustProxy });
  const { port } = app.server.address() as AddressInfo;
  return async () => {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    await Promise.race([once(socket, 'data'), once(socket, 'close')]);
    return socket;
  };
}

const isOpen = (socket: Socket) => !socket.destroyed && socket.bytesRead > 0;

describe('connections', () => {
  it('one address holds a quarter of them, and another one as soon as one of its own is closed', async () => {
    const ask = await asker(false);
    const held = [await ask(), await ask(), await ask()];
    expect(held.map(isOpen)).toEqual([true, true, false]);
    held[0]!.destroy();
    await expect.poll(async () => isOpen(await ask()), { timeout: 60_000 }).toBe(true);
    expect(isOpen(await ask())).toBe(false);
  });

  it('the proxies of the operator hold all of them, and nobody holds more', async () => {
    const ask = await asker(['127.0.0.1']);
    for (let n = 0; n < MOST; n++) expect(isOpen(await ask()), `connection ${n}`).toBe(true);
    expect(isOpen(await ask())).toBe(false);
  });
});
