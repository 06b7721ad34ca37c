import {
  type Disposable,
  LanguageStatusSeverity,
  l10n,
  languages,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { documentSelector, isFarmEmailFile } from './files.ts';
import type { Server } from './server.ts';

/** The language status of our files: which configuration applies, how much is accepted, and whether the server runs. */
export function createStatus(client: BaseLanguageClient, server: Server): Disposable {
  const item = languages.createLanguageStatusItem('farmEmail.status', documentSelector);
  item.name = 'Farm Email';
  item.text = 'Farm Email';

  function showState(state: State): void {
    item.busy = state === State.Starting;
    if (state !== State.Stopped) {
      refresh();
      return;
    }
    item.severity = LanguageStatusSeverity.Error;
    item.text = l10n.t('Farm Email is not running');
    item.detail = l10n.t('nothing is checked');
    item.command = { title: l10n.t('Restart'), command: 'farmEmail.restartServer' };
  }

  function refresh(): void {
    const document = window.activeTextEditor?.document;
    if (document !== undefined && isFarmEmailFile(document.uri) && client.isRunning()) void show(document);
  }

  async function show(document: TextDocument): Promise<void> {
    const status = await server.status(document).catch(() => undefined);
    if (status === undefined || window.activeTextEditor?.document !== document) return;
    const { configuration, findings, suppressed } = status;
    const uri = configuration === undefined ? undefined : Uri.parse(configuration);
    item.severity = workspace.isTrusted ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Warning;
    item.text = uri === undefined ? l10n.t('No configuration') : workspace.asRelativePath(uri);
    const counts = l10n.t('findings: {0}, accepted: {1}', findings, suppressed);
    item.detail = workspace.isTrusted
      ? counts
      : l10n.t('{0}; in Restricted Mode nothing is sent and no certificate file is read', counts);
    item.command = uri === undefined ? undefined : { title: l10n.t('Open'), command: 'vscode.open', arguments: [uri] };
  }

  const subscriptions = [
    item,
    client.onDidChangeState(({ newState }) => showState(newState)),
    window.onDidChangeActiveTextEditor(refresh),
    workspace.onDidGrantWorkspaceTrust(refresh),
    // Whatever changes the findings may change what is accepted.
    languages.onDidChangeDiagnostics(({ uris }) => {
      const active = window.activeTextEditor?.document.uri.toString();
      if (uris.some((uri) => uri.toString() === active)) refresh();
    }),
  ];
  return { dispose: () => subscriptions.forEach((each) => void each.dispose()) };
}
