/**
 * The entry VS Code loads in every window with YAML or JSON open. It stays small and only watches for a farm-email file,
 * a configuration or one of our commands; the language client, and with it the server, come with the first of them.
 */
import { commands, type ExtensionContext, type TextDocument, workspace } from 'vscode';
import { commandIds } from './commands.ts';
import { isChecked } from './files.ts';
import { createFilesView } from './files-view.ts';
import type { Client } from './running-client.ts';

let client: Promise<Client> | undefined;

export function activate(context: ExtensionContext): void {
  const load = (): Promise<Client> => {
    client ??= import('./client.ts').then(({ startClient }) => startClient(context));
    return client;
  };
  const loadFor = (document: TextDocument): void => {
    if (isChecked(document.uri)) void load();
  };
  for (const id of commandIds) {
    const run = async (...args: unknown[]): Promise<void> => (await load()).run(id, args);
    context.subscriptions.push(commands.registerCommand(id, run));
  }
  context.subscriptions.push(createFilesView(), workspace.onDidOpenTextDocument(loadFor));
  workspace.textDocuments.forEach(loadFor);
}

export async function deactivate(): Promise<void> {
  await (await client)?.stop();
}
