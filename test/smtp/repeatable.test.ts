import { expect, test } from 'vitest';
import { makeAuthority } from '../servers/authority.ts';
import { misbehavingServer } from '../servers/misbehaving.ts';
import { attempt, password } from './attempt.ts';
import { aroundStartTls, atLogin, inReplies, type Misbehaviour } from './misbehaviour.ts';
import { expectSafe } from './secrets.ts';

const runs = 20;
/** Attempts under way at once: most of the time goes into waiting for servers that say nothing. */
const lanes = 8;

const rows: readonly (readonly [Misbehaviour, boolean])[] = [
  ...[...aroundStartTls, ...atLogin].map((row) => [row, true] as const),
  ...inReplies.map((row) => [row, false] as const),
];

test(`${rows.length} ways of a server to misbehave: ${runs} runs of each give the same result`, async () => {
  const authority = await makeAuthority();
  const identity = await authority.issue();
  const results = new Map<string, Set<string>>();
  const waiting = rows.flatMap((row) => Array.from({ length: runs }, () => row));

  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [{ name, script, limits }, secured] = next;
      const server = await misbehavingServer({ tls: identity, ...script });
      const outcome = await attempt(server, { authority, login: secured, tls: secured, ...(limits ? { limits } : {}) });
      await server.allClosed();
      await server.close();
      expectSafe(outcome, server, password, secured);
      const result = [outcome.outcome, outcome.summary, outcome.session?.stopped?.step, outcome.details?.id];
      results.set(name, (results.get(name) ?? new Set()).add(JSON.stringify(result)));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));

  const varying = [...results].filter(([, each]) => each.size !== 1).map(([name, each]) => [name, ...each]);
  expect(varying).toEqual([]);
  expect(results.size).toBe(new Set(rows.map(([{ name }]) => name)).size);
}, 300_000);
