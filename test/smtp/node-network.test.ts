import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { nodeNetwork } from '../../server/src/smtp/node-network.ts';

test('D14: what nobody reads is not taken in, so a flood stays with the server', async () => {
  const flood = 64 * 1024 * 1024;
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const { signal } = new AbortController();
  const connected = await nodeNetwork.connect({ address: '127.0.0.1', port: address.port, signal });
  const [socket] = await accepted;
  if (connected.kind !== 'connected') throw new Error(connected.detail);
  const { connection } = connected;
  socket.on('error', () => {});
  socket.write(Buffer.alloc(flood));

  // Long enough to take in all of it, were it taken in: many turns of the same loop that moves the bytes.
  for (let turn = 0; turn < 2_000; turn++) await new Promise((next) => setImmediate(next));
  expect(connection.hasUnread()).toBe(true);
  // What is not written yet waits in the server; a few megabytes are on the way, in the buffers of the system.
  expect(socket.writableLength).toBeGreaterThan(flood / 2);

  // Whoever reads gets on.
  let read = 0;
  while (read < flood) {
    const incoming = await connection.read();
    if (incoming.kind !== 'bytes') throw new Error(incoming.kind);
    read += incoming.bytes.length;
  }
  expect(socket.writableLength).toBe(0);
  connection.destroy();
  server.close();
  await once(server, 'close');
});
