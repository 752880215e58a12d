/**
 * The cheapest server there can be: it reads no more of a request than where it ends, and always answers the same. The rate that the load
 * reaches here is its ceiling.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { serveParent } from './child.ts';
import { messageReader } from './messages.ts';

/** About as long as the answer to a redemption. */
const BODY = JSON.stringify({ id: 'red_0199c2a4e1f07c3d8a5b6c7d8e9f0a1b', filling: 'x'.repeat(600) });
const ANSWER = Buffer.from(`HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`);

const open = new Set<Socket>();
const server = createServer({ noDelay: true }, (socket) => {
  open.add(socket);
  socket.on(
    'data',
    messageReader(() => socket.write(ANSWER), false),
  );
  socket.on('error', () => {}).on('close', () => open.delete(socket));
});

server.listen(0, '127.0.0.1', () => {
  serveParent((server.address() as AddressInfo).port, async () => {
    server.close();
    for (const socket of open) socket.destroy();
  });
});
