import { type CancellationToken, type Diagnostic, type TextDocument, type Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type CheckParams,
  type CheckResult,
  checkRequest,
  type EffectiveParams,
  type EffectiveResult,
  effectiveRequest,
  type NewFileParams,
  type NewFileResult,
  newFileRequest,
  type PlanParams,
  type PlanResult,
  type PowerShellParams,
  type PowerShellResult,
  type ProbeParams,
  planRequest,
  powerShellRequest,
  probeRequest,
  type ScopePointer,
  type ScopesParams,
  type ScopesResult,
  type SendParams,
  type SendProgress,
  type SendResult,
  type StartInboxResult,
  type StatusParams,
  type StatusResult,
  scopesRequest,
  sendProgressNotification,
  sendRequest,
  startInboxRequest,
  statusRequest,
} from '../../server/src/lsp/protocol.ts';
import { plainRefusal, plainResult } from './plain-answers.ts';
import { userSettings } from './test-email/user-settings.ts';

/** What the language server is asked beyond LSP, with types. Each rejects where the server cannot answer. */
export interface Server {
  scopes(document: TextDocument, token?: CancellationToken): Promise<ScopesResult>;
  plan(document: TextDocument, scope: ScopePointer, wish: PlanWish): Promise<PlanResult>;
  send(order: Order<SendParams>, onStep: OnStep, token: CancellationToken): Promise<SendResult>;
  probe(order: Order<ProbeParams>, onStep: OnStep, token: CancellationToken): Promise<SendResult>;
  powerShell(document: TextDocument, scope: ScopePointer, to: string): Promise<PowerShellResult>;
  startInbox(): Promise<StartInboxResult>;
  status(document: TextDocument): Promise<StatusResult>;
  newFile(format: NewFileParams['format']): Promise<NewFileResult>;
  /** @param text Another version of the document; its own text where there is none. */
  effective(document: TextDocument, webApplication: string | undefined, text?: string): Promise<EffectiveResult>;
  /** The findings of a file that need not be open. */
  check(uri: Uri, text: string): Promise<Diagnostic[]>;
}

export type PlanWish = Pick<PlanParams, 'route' | 'purpose' | 'resolve' | 'to'>;

export type OnStep = (step: string) => void;

type Order<Params> = Omit<Params, 'uri' | 'token' | 'user'> & { readonly document: TextDocument };

export function createServer(client: BaseLanguageClient): Server {
  const uriOf = (document: TextDocument): string => client.code2ProtocolConverter.asUri(document.uri);
  const listeners = new Map<string, OnStep>();
  client.onNotification(sendProgressNotification, ({ token, step }: SendProgress) => listeners.get(token)?.(step));

  async function test(
    request: string,
    paramsWith: (token: string) => SendParams | ProbeParams,
    onStep: OnStep,
    cancellation: CancellationToken,
  ): Promise<SendResult> {
    const token = crypto.randomUUID();
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
      return plainRefusal(await client.sendRequest<PlanResult>(planRequest, params));
    },

    send({ document, ...order }, onStep, cancellation) {
      const params = (token: string): SendParams => ({ ...order, uri: uriOf(document), user: user(), token });
      return test(sendRequest, params, onStep, cancellation);
    },

    probe({ document, ...order }, onStep, cancellation) {
      const params = (token: string): ProbeParams => ({ ...order, uri: uriOf(document), user: user(), token });
      return test(probeRequest, params, onStep, cancellation);
    },

    effective(document, webApplication, text) {
      const params: EffectiveParams = {
        uri: uriOf(document),
        ...(webApplication === undefined ? {} : { webApplication }),
        ...(text === undefined ? {} : { text }),
      };
      return client.sendRequest<EffectiveResult>(effectiveRequest, params);
    },

    async check(uri, text) {
      const params: CheckParams = { uri: client.code2ProtocolConverter.asUri(uri), text };
      const result = await client.sendRequest<CheckResult>(checkRequest, params);
      return client.protocol2CodeConverter.asDiagnostics([...result] as Parameters<
        typeof client.protocol2CodeConverter.asDiagnostics
      >[0]);
    },

    newFile(format) {
      const params: NewFileParams = { format };
      return client.sendRequest<NewFileResult>(newFileRequest, params);
    },

    async powerShell(document, scope, to) {
      const params: PowerShellParams = { uri: uriOf(document), scope, to };
      return plainRefusal(await client.sendRequest<PowerShellResult>(powerShellRequest, params));
    },

    status(document) {
      const params: StatusParams = { uri: uriOf(document) };
      return client.sendRequest<StatusResult>(statusRequest, params);
    },

    startInbox: async () => plainRefusal(await client.sendRequest<StartInboxResult>(startInboxRequest)),
  };
}

function user(): ReturnType<typeof userSettings> {
  const configuration = workspace.getConfiguration('farmEmail.testEmail');
  return userSettings((name) => configuration.inspect(name));
}
