import { type ExtensionContext, l10n, version, window } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { createWorkspaceCheck } from './check-workspace.ts';
import type { Action, CommandId, ReadingCommand, SendingCommand } from './commands.ts';
import { createEffectiveSettings } from './effective-settings.ts';
import { clientOptions, watchWindow } from './language-client.ts';
import { newFile, openSample, openWalkthrough } from './new-file.ts';
import { oneSentence } from './one-sentence.ts';
import { createServer, type Server } from './server.ts';
import { createStatus } from './status.ts';
import { targetArgs } from './target.ts';

/** The running extension: the language client and what each command does. */
export interface Client {
  /** Never rejects: whatever goes wrong becomes one sentence. */
  run(id: CommandId, args: readonly unknown[]): Promise<void>;
  stop(): Promise<void>;
}

/** What differs between VS Code on a computer and VS Code in a browser. */
export interface Surface {
  createLanguageClient(options: LanguageClientOptions): BaseLanguageClient;
  /** What the commands of test emails and probes do there. */
  sending(server: Server): Record<SendingCommand, Action>;
}

export function runClient(context: ExtensionContext, surface: Surface): Client {
  const output = window.createOutputChannel('Farm Email', { log: true });
  // What a report of a bug has to begin with.
  const { platform } = globalThis.process ?? { platform: 'the web' };
  output.info(`Farm Email ${context.extension.packageJSON.version} in VS Code ${version} on ${platform}`);
  const client = surface.createLanguageClient(clientOptions(output));
  watchWindow(context, client);
  const server = createServer(client);
  const effective = createEffectiveSettings(server);
  const workspaceCheck = createWorkspaceCheck(server);
  const status = createStatus(client, server);
  context.subscriptions.push(output, effective, workspaceCheck, status);

  const reading: Record<ReadingCommand, Action> = {
    'farmEmail.showEffectiveSettings': (argument) => effective.show(targetArgs(argument)),
    'farmEmail.compareEffectiveSettings': (argument) => effective.compare(targetArgs(argument)),
    'farmEmail.compareEffectiveSettingsWithHead': (argument) => effective.compareWithHead(targetArgs(argument)),
    'farmEmail.checkWorkspace': () => workspaceCheck.run(),
    'farmEmail.newFile': () => newFile(server),
    'farmEmail.openSample': () => openSample(),
    'farmEmail.openWalkthrough': () => openWalkthrough(context),
    'farmEmail.restartServer': async () => {
      if (client.needsStop()) await client.stop();
      await client.start();
    },
    'farmEmail.showOutput': () => output.show(),
  };
  const actions: Record<CommandId, Action> = { ...reading, ...surface.sending(server) };
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
    stop: async () => {
      if (client.needsStop()) await client.stop();
    },
  };
}
