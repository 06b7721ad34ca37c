import { commands, type ExtensionContext, l10n, version, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { CommandId } from './commands.ts';
import { copyReport } from './copy-report.ts';
import { showInbox } from './inbox.ts';
import { createLanguageClient } from './language-client.ts';
import { createLenses } from './lenses.ts';
import { oneSentence } from './one-sentence.ts';
import { probe } from './probe.ts';
import { sendTestEmail } from './send-test-email.ts';
import { createSends } from './sends.ts';
import { createServer } from './server.ts';
import { showTranscript } from './show-transcript.ts';
import { targetArgs } from './target.ts';
import { createTranscripts } from './transcripts.ts';

/** The running extension: the language client and what each command does. */
export interface Client {
  /** Never rejects: whatever goes wrong becomes one sentence. */
  run(id: CommandId, args: readonly unknown[]): Promise<void>;
  stop(): Promise<void>;
}

export function startClient(context: ExtensionContext): Client {
  const output = window.createOutputChannel('Farm Email', { log: true });
  // What a report of a bug has to begin with.
  output.info(`Farm Email ${context.extension.packageJSON.version} in VS Code ${version} on ${process.platform}`);
  const client = createLanguageClient(context, output);
  const server = createServer(client);
  const transcripts = createTranscripts(context);
  const sends = createSends(() => {
    void commands.executeCommand('setContext', 'farmEmail.sending', sends.isRunning());
    void commands.executeCommand('setContext', 'farmEmail.hasTranscript', sends.hasVerdict());
    lenses.refresh();
  });
  const lenses = createLenses(server, sends);
  context.subscriptions.push(
    output,
    lenses,
    workspace.onDidCloseTextDocument(({ uri }) => sends.forget(uri.toString())),
  );

  const tools = { server, sends, transcripts };
  const actions: Record<CommandId, (argument: unknown) => Promise<void> | void> = {
    'farmEmail.sendTestEmail': (argument) => sendTestEmail(tools, targetArgs(argument)),
    'farmEmail.probe': (argument) => probe(tools, targetArgs(argument)),
    'farmEmail.cancelTestEmail': (argument) => sends.cancel(targetArgs(argument)),
    'farmEmail.showTranscript': (argument) => showTranscript(sends, transcripts, targetArgs(argument)),
    'farmEmail.copyReport': () => copyReport(transcripts),
    'farmEmail.startInbox': () => showInbox(server),
    'farmEmail.restartServer': () => client.restart(),
    'farmEmail.showOutput': () => output.show(),
  };
  // A failed start has already been told by the language client, and each request says it again.
  client.start().catch(() => undefined);

  return {
    async run(id, [argument]) {
      try {
        await actions[id](argument);
      } catch (error) {
        const show = l10n.t('Show output');
        const answer = await window.showErrorMessage(oneSentence(error, l10n.t), show);
        if (answer === show) output.show();
      }
    },
    stop: () => stop(client),
  };
}

async function stop(client: LanguageClient): Promise<void> {
  if (client.needsStop()) await client.stop();
}
