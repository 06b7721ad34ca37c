import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { rangeOf } from '../document/places.ts';
import { scopesOf } from '../ide/scopes.ts';
import { defaultInboxFolder, findInbox, type Inbox, startInbox } from '../inbox/inbox.ts';
import { type Destination, knownPassword, needsPassword, prepare, recipientRefusal, send } from '../node/test-email.ts';
import { Secret } from '../settings/secret.ts';
import type { Plan } from '../smtp/plan.ts';
import type { OpenFile, OpenFiles } from './open-files.ts';
import {
  type NeededSecret,
  type PlanParams,
  type PlanResult,
  type PlanSummary,
  planRequest,
  type Route,
  type ScopesParams,
  type ScopesResult,
  type SendParams,
  type SendProgress,
  type SendResult,
  type StartInboxResult,
  scopesRequest,
  sendProgressNotification,
  sendRequest,
  startInboxRequest,
} from './protocol.ts';

const restricted = 'Nothing is sent from a folder that is not trusted. Trust the folder first.';
const closed = 'The file is not open any more. Open it and try again.';

/** Answers the requests of a test email. Nothing is sent but by `farmEmail/send`, for a plan that was shown. */
export function serveTestEmail(
  connection: Connection,
  files: OpenFiles,
  isTrusted: () => boolean,
): () => Promise<void> {
  const inboxFolder = defaultInboxFolder(process.env, process.platform);
  const hostsInUse = new Set<string>();
  let own: Inbox | undefined;

  async function destinationOf(route: Route): Promise<Destination | undefined> {
    if (route === 'asConfigured') return { kind: route };
    const inbox = own ?? (await findInbox(inboxFolder));
    return inbox && { kind: route, inbox };
  }

  async function planFor({ uri, scope, route }: PlanParams): Promise<Planned> {
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
    const prepared = prepare(file.analysis, scope, destination);
    return prepared.kind === 'refused' ? prepared : { ...prepared, file, destination };
  }

  connection.onRequest<ScopesResult, void>(scopesRequest, ({ uri }: ScopesParams): ScopesResult => {
    const file = files.get(uri);
    if (file === undefined) return [];
    const { document } = file.analysis;
    return scopesOf(file.analysis).map(({ pointer, title, at, extent }) => ({
      scope: pointer,
      title,
      range: rangeOf(document, at),
      extent: rangeOf(document, extent),
    }));
  });

  connection.onRequest<PlanResult, void>(planRequest, async (params: PlanParams): Promise<PlanResult> => {
    const planned = await planFor(params);
    if (planned.kind === 'plan') return { kind: 'plan', plan: summaryOf(planned) };
    return { ...planned, suggestedRecipients: recipientsOf(files.get(params.uri)) };
  });

  connection.onRequest<SendResult, void>(
    sendRequest,
    async (params: SendParams, token: CancellationToken): Promise<SendResult> => {
      const { digest, to, secrets, token: progress } = params;
      const planned = await planFor(params);
      if (planned.kind === 'refused') return refused(planned.reason);
      const { plan, file, destination } = planned;
      if (plan.digest !== digest)
        return refused('The settings changed after they were shown. Look at them again and confirm.');
      const refusal = recipientRefusal(file.analysis, destination, to);
      if (refusal !== undefined) return refused(refusal);
      const place = `${plan.host}:${plan.port}`;
      if (hostsInUse.has(place))
        return refused(`A test email to ${place} is on its way already. Wait for it or cancel it.`);
      const asked = secrets.smtpPassword;
      const password = asked === undefined ? knownPassword(plan, process.env) : new Secret(asked);
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      if (token.isCancellationRequested) abort.abort();
      const onStep = (step: string): void => {
        const message: SendProgress = { token: progress, step };
        void connection.sendNotification(sendProgressNotification, message);
      };
      hostsInUse.add(place);
      try {
        const outcome = await send({ plan, destination, to, password, signal: abort.signal, onStep });
        const { summary, explanation, report, milliseconds } = outcome;
        return {
          outcome: outcome.outcome,
          summary,
          explanation,
          transcript: report,
          markdown: '',
          stoppedAtLogin: false,
          milliseconds,
        };
      } finally {
        hostsInUse.delete(place);
      }
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
  | { readonly kind: 'plan'; readonly plan: Plan; readonly file: OpenFile; readonly destination: Destination }
  | { readonly kind: 'refused'; readonly reason: string };

function refused(reason: string): SendResult {
  return {
    outcome: 'refused',
    summary: 'not sent',
    explanation: reason,
    transcript: '',
    markdown: '',
    stoppedAtLogin: false,
    milliseconds: 0,
  };
}

function summaryOf({ plan, file }: Extract<Planned, { kind: 'plan' }>): PlanSummary {
  const { digest, purpose, title, route, host, port, tls, login, clientCertificate, from, replyTo, charset, computer } =
    plan;
  const user = login?.userName ?? 'anonymous';
  const needs: NeededSecret[] = needsPassword(plan, process.env)
    ? [{ id: 'smtpPassword', prompt: `Password of ${user} at ${host}:${port}` }]
    : [];
  const suggestedRecipients = recipientsOf(file);
  return {
    digest,
    purpose,
    title,
    route,
    host,
    addresses: [],
    port,
    tls,
    user,
    mechanisms: login?.mechanisms ?? [],
    clientCertificate: clientCertificate?.name,
    from,
    replyTo,
    characterSet: charset.number,
    computer,
    suggestedRecipients,
    needs,
  };
}

function recipientsOf(file: OpenFile | undefined): readonly string[] {
  return file?.analysis.settings.common.testRecipients.flatMap(({ value }) => value ?? []) ?? [];
}
