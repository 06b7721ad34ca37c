/**
 * The entry where VS Code runs in a browser and its extensions in a web worker. Such a worker can load no second file by
 * `require`, so this one reads the files of the client and of its server, which are those of dist/ that the other entry
 * uses too, and makes one program of each.
 */
import { commands, type ExtensionContext, Uri, workspace } from 'vscode';
import { watch } from './activate.ts';
import type { startClient } from './browser-client.ts';
import { programOf } from './browser-program.ts';
import type { Client } from './running-client.ts';

/** Files of dist/, the entry first. The build writes them here. */
declare const browserFiles: { readonly client: readonly string[]; readonly server: readonly string[] };

let stop: (() => Promise<void>) | undefined;

export function activate(context: ExtensionContext): void {
  void commands.executeCommand('setContext', 'farmEmail.inBrowser', true);
  stop = watch(context, () => start(context));
}

export async function deactivate(): Promise<void> {
  await stop?.();
}

async function start(context: ExtensionContext): Promise<Client> {
  const [client, server] = await Promise.all([
    programFrom(context, browserFiles.client),
    programFrom(context, browserFiles.server),
  ]);
  // What VS Code itself does with the file it loads; `require` is that file's, which knows `vscode`.
  const load: (outside: NodeJS.Require) => { startClient: typeof startClient } = new Function(`return ${client}`)();
  return load(require).startClient(context, server);
}

async function programFrom(context: ExtensionContext, names: readonly string[]): Promise<string> {
  const folder = Uri.joinPath(context.extensionUri, 'dist');
  const texts = names.map(async (name): Promise<[string, string]> => {
    const bytes = await workspace.fs.readFile(Uri.joinPath(folder, name));
    return [name, new TextDecoder().decode(bytes)];
  });
  return programOf(new Map(await Promise.all(texts)));
}
