import { randomUUID } from 'node:crypto';
import { type CancellationToken, type TextDocument, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type PlanParams,
  type PlanResult,
  type ProbeParams,
  planRequest,
  probeRequest,
  type ScopePointer,
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
} from '../../server/src/lsp/protocol.ts';
import { plainInbox, plainPlan, plainResult } from './plain-answers.ts';
import { userSettings } from './user-settings.ts';

/** What the language server is asked beyond LSP, with types. Each rejects where the server cannot answer. */
export interface Server {
  scopes(document: TextDocument, token?: CancellationToken): Promise<ScopesResult>;
  plan(document: TextDocument, scope: ScopePointer, wish: PlanWish): Promise<PlanResult>;
  send(order: Order<SendParams>, onStep: OnStep, token: CancellationToken): Promise<SendResult>;
  probe(order: Order<ProbeParams>, onStep: OnStep, token: CancellationToken): Promise<SendResult>;
  startInbox(): Promise<StartInboxResult>;
}

export type PlanWish = Pick<PlanParams, 'route' | 'purpose' | 'resolve'>;

export type OnStep = (step: string) => void;

type Order<Params> = Omit<Params, 'uri' | 'token' | 'user'> & { readonly document: TextDocument };

export function createServer(client: LanguageClient): Server {
  const uriOf = (document: TextDocument): string => client.code2ProtocolConverter.asUri(document.uri);
  const listeners = new Map<string, OnStep>();
  client.onNotification(sendProgressNotification, ({ token, step }: SendProgress) => listeners.get(token)?.(step));

  async function test(
    request: string,
    paramsWith: (token: string) => SendParams | ProbeParams,
    onStep: OnStep,
    cancellation: CancellationToken,
  ): Promise<SendResult> {
    const token = randomUUID();
    listeners.set(token, onStep);
    try {
      return plainResult(await client.sendRequest<SendResult>(request, paramsWith(token), cancellation));
    } finally {
      listeners.delete(token);
    }
  }

  return {
    scopes(document, token) {
      const params: ScopesParams = { uri: uriOf(document) };
      return client.sendRequest<ScopesResult>(scopesRequest, params, token);
    },

    async plan(document, scope, wish) {
      const params: PlanParams = { ...wish, uri: uriOf(document), scope, user: user() };
      return plainPlan(await client.sendRequest<PlanResult>(planRequest, params));
    },

    send({ document, ...order }, onStep, cancellation) {
      const params = (token: string): SendParams => ({ ...order, uri: uriOf(document), user: user(), token });
      return test(sendRequest, params, onStep, cancellation);
    },

    probe({ document, ...order }, onStep, cancellation) {
      const params = (token: string): ProbeParams => ({ ...order, uri: uriOf(document), user: user(), token });
      return test(probeRequest, params, onStep, cancellation);
    },

    startInbox: async () => plainInbox(await client.sendRequest<StartInboxResult>(startInboxRequest)),
  };
}

function user(): ReturnType<typeof userSettings> {
  const configuration = workspace.getConfiguration('farmEmail.testEmail');
  return userSettings((name) => configuration.inspect(name));
}
