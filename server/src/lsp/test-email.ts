import type { CancellationToken, Connection } from 'vscode-languageserver';
import { defaultInboxFolder, findInbox, type Inbox, startInbox } from '../inbox/inbox.ts';
import {
  addressesOf,
  type Destination,
  type Order,
  prepare,
  probe,
  recipientRefusal,
  send,
} from '../node/test-email.ts';
import { testEmailScript } from '../powershell/test-email.ts';
import type { TestOutcome } from '../smtp/outcome.ts';
import type { Plan, Purpose } from '../smtp/plan.ts';
import type { SessionResult } from '../smtp/session.ts';
import type { OpenFile, OpenFiles } from './open-files.ts';
import {
  type PlanParams,
  type PlanResult,
  type PowerShellParams,
  type PowerShellResult,
  type ProbeParams,
  planRequest,
  powerShellRequest,
  probeRequest,
  type Route,
  type SendParams,
  type SendProgress,
  type SendResult,
  type StartInboxResult,
  sendProgressNotification,
  sendRequest,
  startInboxRequest,
} from './protocol.ts';
import { recipientsOf, summaryOf } from './test-plan.ts';
import { type Provisions, provisionsFor } from './test-provisions.ts';
import type { Done } from './tests-done.ts';

const restricted = 'Nothing is sent from a folder that is not trusted. Trust the folder first.';
const closed = 'The file is not open any more. Open it and try again.';

export interface TestEmailOptions {
  readonly files: OpenFiles;
  readonly isTrusted: () => boolean;
  /** The folder outside of which no certificate is read for a file. */
  readonly workspaceOf: (file: string) => string;
  readonly onDone: (uri: string, scope: string, done: Done) => void;
}

/** Answers the requests of tests. Nothing is connected but by `farmEmail/send` and `farmEmail/probe`, for a plan that was shown. */
export function serveTestEmail(connection: Connection, options: TestEmailOptions): () => Promise<void> {
  const { files, isTrusted } = options;
  const inboxFolder = defaultInboxFolder(process.env, process.platform);
  const hostsInUse = new Set<string>();
  let own: Inbox | undefined;

  async function destinationOf(route: Route): Promise<Destination | undefined> {
    if (route === 'asConfigured') return { kind: route };
    const inbox = own ?? (await findInbox(inboxFolder));
    return inbox && { kind: route, inbox };
  }

  async function planFor({ uri, scope, route, purpose, to, user }: PlanParams): Promise<Planned> {
    if (!isTrusted()) return { kind: 'refused', reason: restricted };
    const file = files.get(uri);
    if (file === undefined) return { kind: 'refused', reason: closed };
    const destination = await destinationOf(route);
    if (destination === undefined) {
      return {
        kind: 'refused',
        reason: 'No inbox runs on this computer. Start it with “Farm Email: Start Local Inbox”.',
      };
    }
    const prepared = prepare(file.analysis, scope, destination, purpose);
    if (prepared.kind === 'refused') return prepared;
    const isSend = purpose !== 'probe' && to !== undefined;
    const refusal = isSend
      ? recipientRefusal(file.analysis, destination, to, user?.allowedRecipientDomains)
      : undefined;
    return refusal === undefined ? { ...prepared, file, scope, destination } : { kind: 'refused', reason: refusal };
  }

  /** What both kinds of tests ask before anything is connected; `run` is called at most once. */
  async function test(
    params: SendParams | ProbeParams,
    purpose: Purpose,
    token: CancellationToken,
    run: (order: Order) => Promise<TestOutcome>,
  ): Promise<SendResult> {
    const route = 'route' in params ? params.route : 'asConfigured';
    const planned = await planFor({ ...params, route, purpose });
    if (planned.kind === 'refused') return refused(planned.reason);
    const { plan, file, destination } = planned;
    if (plan.digest !== params.digest)
      return refused('The settings changed after they were shown. Look at them again and confirm.');
    const host = plan.host.toLowerCase();
    if (hostsInUse.has(host)) return refused(`A test at ${plan.host} is on its way already. Wait for it or cancel it.`);
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    if (token.isCancellationRequested) abort.abort();
    const onStep = (step: string): void => {
      const message: SendProgress = { token: params.token, step };
      void connection.sendNotification(sendProgressNotification, message);
    };
    hostsInUse.add(host);
    try {
      const wish = { file, plan, workspaceOf: options.workspaceOf, ...params };
      const provisions = await unlessAborted(provisionsFor(wish), abort.signal, discard);
      if (provisions === undefined) return cancelled;
      if (provisions.kind === 'refused') return refused(provisions.reason);
      const { to, addresses, afterRefusedLogin, user } = params;
      const timeout = timeoutOf(user?.timeout);
      const order = { ...provisions, plan, destination, to, addresses, afterRefusedLogin, timeout };
      const outcome = await run({ ...order, signal: abort.signal, onStep });
      options.onDone(params.uri, params.scope, { plan, outcome });
      return resultOf(outcome);
    } finally {
      hostsInUse.delete(host);
    }
  }

  connection.onRequest<PlanResult, void>(planRequest, async (params: PlanParams): Promise<PlanResult> => {
    const planned = await planFor(params);
    if (planned.kind === 'refused') return { ...planned, suggestedRecipients: recipientsOf(files.get(params.uri)) };
    const isAsked = params.resolve === true && planned.plan.route === 'asConfigured';
    const addresses = isAsked ? await addressesOf(planned.plan) : [];
    return { kind: 'plan', plan: await summaryOf(planned, addresses, params.user) };
  });

  connection.onRequest<SendResult, void>(
    sendRequest,
    (params: SendParams, token: CancellationToken): Promise<SendResult> => test(params, 'send', token, send),
  );

  connection.onRequest<SendResult, void>(
    probeRequest,
    (params: ProbeParams, token: CancellationToken): Promise<SendResult> => {
      const { outsideRecipient, otherSender, comparePorts } = params;
      return test(params, 'probe', token, (order) => probe({ ...order, outsideRecipient, otherSender, comparePorts }));
    },
  );

  connection.onRequest<PowerShellResult, void>(
    powerShellRequest,
    async ({ uri, scope, to }: PowerShellParams): Promise<PowerShellResult> => {
      const planned = await planFor({ uri, scope, route: 'asConfigured' });
      if (planned.kind === 'refused') return planned;
      return { kind: 'script', script: testEmailScript(planned.plan, to) };
    },
  );

  connection.onRequest<StartInboxResult, void>(startInboxRequest, async (): Promise<StartInboxResult> => {
    if (!isTrusted()) return { kind: 'refused', reason: restricted };
    const inbox = { host: '127.0.0.1', folder: inboxFolder, clock: { date: () => new Date() } };
    let started = await startInbox(inbox);
    // Another program has the usual port; people need not care which one it is.
    if (started.kind === 'refused') started = await startInbox({ ...inbox, port: 0 });
    if (started.kind === 'refused') return started;
    if (started.kind === 'started') own = started.inbox;
    const { host, port, folder } = started.inbox;
    return { kind: 'running', inbox: { host, port, folder }, alreadyRunning: started.kind === 'alreadyRunning' };
  });

  return async () => own?.stop();
}

type Planned =
  | {
      readonly kind: 'plan';
      readonly plan: Plan;
      readonly file: OpenFile;
      readonly scope: string;
      readonly destination: Destination;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** In milliseconds; what is out of range counts as not given. */
function timeoutOf(seconds: number | undefined): number | undefined {
  return seconds !== undefined && seconds >= 1 && seconds <= 300 ? seconds * 1_000 : undefined;
}

function resultOf({ outcome, summary, explanation, report, markdown, milliseconds, session }: TestOutcome): SendResult {
  const stoppedAtLogin = session !== undefined && isOverAfterLogin(session);
  return { outcome, summary, explanation, transcript: report, markdown, stoppedAtLogin, milliseconds };
}

/** True where it stopped because no login was to be had, after which SharePoint is likely to go on without one. */
function isOverAfterLogin({ stopped }: SessionResult): boolean {
  if (stopped?.step !== 'authenticate') return false;
  const { failure } = stopped;
  if (failure.kind === 'noMechanism') return true;
  return failure.kind === 'reply' && failure.reply.code >= 400 && failure.reply.code !== 421;
}

/** What is awaited, or undefined as soon as the signal is aborted; what comes later is discarded. */
async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  discard: (late: T) => void,
): Promise<T | undefined> {
  const aborted = new Promise<undefined>((settle) => {
    if (signal.aborted) settle(undefined);
    signal.addEventListener('abort', () => settle(undefined), { once: true });
  });
  const first = await Promise.race([aborted, work]);
  if (first === undefined) work.then(discard, () => {});
  return first;
}

function discard(provisions: Provisions): void {
  if (provisions.kind === 'provisions') provisions.identity?.wipe();
}

const nothing = { transcript: '', markdown: '', stoppedAtLogin: false, milliseconds: 0 } as const;

const cancelled: SendResult = {
  outcome: 'cancelled',
  summary: 'cancelled',
  explanation: 'The test was cancelled before anything was connected.',
  ...nothing,
};

function refused(reason: string): SendResult {
  return { outcome: 'refused', summary: 'not tried', explanation: reason, ...nothing };
}
