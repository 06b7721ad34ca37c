import { commands, type ExtensionContext, type TextDocument, workspace } from 'vscode';
import { commandIds } from './commands.ts';
import { isChecked } from './files.ts';
import { createFilesView } from './files-view.ts';
import type { Client } from './running-client.ts';

/**
 * What runs in every window with YAML or JSON open. It only watches for a farm-email file, a configuration or one of our
 * commands; the language client, and with it the server, come with the first of them.
 * @param start Loads and starts the client; called once at most.
 * @returns What ends it.
 */
export function watch(context: ExtensionContext, start: () => Promise<Client>): () => Promise<void> {
  let client: Promise<Client> | undefined;
  const load = (): Promise<Client> => {
    client ??= start();
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
  return async () => (await client)?.stop();
}
