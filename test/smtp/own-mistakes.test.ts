import { expect, test } from 'vitest';
import type { Network } from '../../server/src/smtp/network.ts';
import { makeAuthority } from '../servers/authority.ts';
import { misbehavingServer } from '../servers/misbehaving.ts';
import { attempt, loopback, password } from './attempt.ts';
import { expectNoSecret } from './secrets.ts';

/** A network that falls over what is written once the password is in it, and says so. */
const falling: Network = {
  ...loopback,
  async connect(target) {
    const connected = await loopback.connect(target);
    if (connected.kind !== 'connected') return connected;
    const { connection } = connected;
    const write = (bytes: Uint8Array) => {
      const text = Buffer.from(bytes).toString('latin1');
      if (text.includes(Buffer.from(password).toString('base64'))) {
        throw new Error(`cannot write ${text} made of ${password}`);
      }
      connection.write(bytes);
    };
    return { kind: 'connected', connection: { ...connection, write } };
  },
};

test('a mistake of ours in the middle of a login closes the connection, and its error holds no secret', async () => {
  const authority = await makeAuthority();
  const server = await misbehavingServer({ tls: await authority.issue() });
  const failed = attempt(server, { authority, login: true, network: falling });
  const error: unknown = await failed.catch((reason: unknown) => reason);
  await server.allClosed();
  await server.close();
  if (!(error instanceof Error)) throw new Error('It should have failed.');
  expect(error.message).toBe('cannot write ***\\x0d\\x0a made of ***');
  for (const text of [error.message, error.stack, JSON.stringify(error, Object.getOwnPropertyNames(error))]) {
    expectNoSecret(text, password);
  }
});
