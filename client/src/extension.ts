/** The entry where VS Code's extensions run in Node. It stays small: what it loads costs every window. */
import type { ExtensionContext } from 'vscode';
import { watch } from './activate.ts';

let stop: (() => Promise<void>) | undefined;

export function activate(context: ExtensionContext): void {
  stop = watch(context, async () => (await import('./client.ts')).startClient(context));
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
