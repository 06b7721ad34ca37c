import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import type { SendScope } from '../../../server/src/lsp/protocol.ts';
import { farmEmailFiles } from '../files.ts';
import type { Server } from '../server.ts';
import type { TargetArgs } from '../target.ts';
import {
  againTitle,
  cancelTitle,
  effectiveTitle,
  probeTitle,
  runningTitle,
  sendTitle,
  verdictTitle,
} from './lens-titles.ts';
import type { Sends } from './sends.ts';

export interface Lenses extends Disposable {
  refresh(): void;
}

/** Lenses above each scope: send and probe, and beside them what became of the last test; or what is under way. */
export function createLenses(server: Server, sends: Sends): Lenses {
  const changed = new EventEmitter<void>();
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document, token) {
      if (!workspace.getConfiguration('farmEmail', document).get('codeLens.enable', true)) return [];
      try {
        const scopes = await server.scopes(document, token);
        return scopes.flatMap((scope) => lensesOf(document, scope, sends));
      } catch {
        // Cancelled by the next keystroke, or the server is not there: neither is worth a message above the file.
        return [];
      }
    },
  };
  const registration = languages.registerCodeLensProvider(farmEmailFiles, provider);
  const configuration = workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('farmEmail.codeLens')) changed.fire();
  });
  return {
    refresh: () => changed.fire(),
    dispose() {
      registration.dispose();
      configuration.dispose();
      changed.dispose();
    },
  };
}

function lensesOf(document: TextDocument, scope: SendScope, sends: Sends): CodeLens[] {
  const uri = document.uri.toString();
  const { line, character } = scope.range.start;
  const target: TargetArgs = { uri, scope: scope.scope };
  const lens = (title: string, command: string, tooltip: string): CodeLens =>
    new CodeLens(new Range(line, character, line, character), { title, command, tooltip, arguments: [target] });
  const send = lens(
    sendTitle(l10n.t),
    'farmEmail.sendTestEmail',
    l10n.t('Sends one message, after showing where, as whom and to whom'),
  );
  const probe = lens(
    probeTitle(l10n.t),
    'farmEmail.probe',
    l10n.t('Takes every step up to RCPT TO; nothing is delivered'),
  );
  const { running, verdict } = sends.of(uri, scope);
  if (running !== undefined) {
    const stop = l10n.t('Ends this test at once');
    return [
      // Without a command: only text.
      lens(runningTitle(running.purpose, running.step, l10n.t), '', ''),
      lens(cancelTitle(l10n.t), 'farmEmail.cancelTestEmail', stop),
    ];
  }
  const effective = lens(
    effectiveTitle(l10n.t),
    'farmEmail.showEffectiveSettings',
    l10n.t('Every setting in force here, and where it comes from'),
  );
  if (verdict === undefined) return [send, probe, effective];
  const { result, at, again } = verdict;
  const repeat = lens(
    againTitle(l10n.t),
    'farmEmail.sendAgain',
    l10n.t('To the same recipient by the same route, after showing the plan'),
  );
  const shown = lens(verdictTitle(result, at), 'farmEmail.showTranscript', result.explanation);
  // What became of the last test stands before what is less often asked for: beside a transcript there is little room.
  return [send, probe, shown, ...(again === undefined ? [] : [repeat]), effective];
}
