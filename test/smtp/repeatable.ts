import { expect } from 'vitest';
import { makeAuthority } from '../servers/authority.ts';
import { misbehavingServer, type Script } from '../servers/misbehaving.ts';
import { type Attempt, attempt, password } from './attempt.ts';
import { aroundStartTls, atLogin, inReplies } from './misbehaviour.ts';
import { hostileLogins } from './misbehaviour-ntlm.ts';
import { expectSafe } from './secrets.ts';

export const runs = 20;

export interface Row {
  readonly name: string;
  /** Made anew for each run. */
  readonly script: () => Script;
  readonly tls: boolean;
  /** Present where the server lets us wait. */
  readonly limits?: Attempt['limits'];
}

/** Against servers that answer wrongly before and at a login, and in what they reply; some wait instead of answering. */
const aroundLogin: readonly Row[] = [...aroundStartTls, ...atLogin].map((row) => ({
  ...row,
  script: () => row.script,
  tls: true,
}));
const afterLogin: readonly Row[] = [
  ...inReplies.map((row) => ({ ...row, script: () => row.script, tls: false })),
  ...hostileLogins.map((row) => ({ ...row, tls: true })),
];
const isSilent = ({ limits }: Row): boolean => limits !== undefined;

export const silent = [...aroundLogin, ...afterLogin].filter(isSilent);
export const wrongAroundLogin = aroundLogin.filter((row) => !isSilent(row));
export const wrongAfterLogin = afterLogin.filter((row) => !isSilent(row));

const authority = await makeAuthority();
const identity = await authority.issue();

async function resultOf({ script, tls, limits }: Row): Promise<string> {
  const server = await misbehavingServer({ tls: identity, ...script() });
  const outcome = await attempt(server, { authority, login: tls, tls, ...(limits ? { limits: longer(limits) } : {}) });
  await server.allClosed();
  await server.close();
  expectSafe(outcome, server, password, tls);
  return JSON.stringify([outcome.outcome, outcome.summary, outcome.session?.stopped?.step, outcome.details?.id]);
}

/** Many servers are silent at once here: a computer that is busy with them must not be taken for one of them. */
function longer(limits: NonNullable<Attempt['limits']>): NonNullable<Attempt['limits']> {
  return Object.fromEntries(Object.entries(limits).map(([name, milliseconds]) => [name, milliseconds * 4]));
}

async function resultsOf(wanted: readonly Row[], lanes: number): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const results = new Map<string, Set<string>>();
  const waiting = wanted.flatMap((row) => Array.from({ length: runs }, () => row));
  const lane = async (): Promise<void> => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      results.set(row.name, (results.get(row.name) ?? new Set()).add(await resultOf(row)));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/** Each row, `runs` times, so many at once: the results must not vary. */
export async function expectSameResults(wanted: readonly Row[], lanes: number): Promise<void> {
  const results = await resultsOf(wanted, lanes);
  const varying = [...results].filter(([, each]) => each.size !== 1).map(([name, each]) => [name, ...each]);
  expect(varying).toEqual([]);
  expect(results.size).toBe(new Set(wanted.map(({ name }) => name)).size);
}
