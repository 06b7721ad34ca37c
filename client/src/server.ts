import { randomUUID } from 'node:crypto';
import type { CancellationToken, TextDocument } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  type PlanParams,
  type PlanResult,
  planRequest,
  type Route,
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

/** What the language server is asked beyond LSP, with types. Each rejects where the server cannot answer. */
export interface Server {
  scopes(document: TextDocument, token?: CancellationToken): Promise<ScopesResult>;
  plan(document: TextDocument, scope: ScopePointer, route: Route): Promise<PlanResult>;
  send(order: SendOrder, onStep: (step: string) => void, token: CancellationToken): Promise<SendResult>;
  startInbox(): Promise<StartInboxResult>;
}

export interface SendOrder extends Omit<SendParams, 'uri' | 'token'> {
  readonly document: TextDocument;
}

export function createServer(client: LanguageClient): Server {
  const uriOf = (document: TextDocument): string => client.code2ProtocolConverter.asUri(document.uri);
  const listeners = new Map<string, (step: string) => void>();
  client.onNotification(sendProgressNotification, ({ token, step }: SendProgress) => listeners.get(token)?.(step));

  return {
    scopes(document, token) {
      const params: ScopesParams = { uri: uriOf(document) };
      return client.sendRequest<ScopesResult>(scopesRequest, params, token);
    },

    plan(document, scope, route) {
      const params: PlanParams = { uri: uriOf(document), scope, route };
      return client.sendRequest<PlanResult>(planRequest, params);
    },

    async send({ document, ...order }, onStep, cancellation) {
      const token = randomUUID();
      listeners.set(token, onStep);
      try {
        const params: SendParams = { ...order, uri: uriOf(document), token };
        return await client.sendRequest<SendResult>(sendRequest, params, cancellation);
      } finally {
        listeners.delete(token);
      }
    },

    startInbox: () => client.sendRequest<StartInboxResult>(startInboxRequest),
  };
}
