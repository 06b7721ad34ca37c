import { extensions, l10n, type Uri } from 'vscode';

/** The part of VS Code's own Git extension that is used here; the whole is `extensions/git/src/api/git.d.ts` of VS Code. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): {
    getRepository(uri: Uri): { show(ref: string, path: string): Promise<string> } | null;
  };
}

/** The text of a file as git's HEAD has it, or in one sentence why there is none. */
export async function textInHead(uri: Uri): Promise<{ readonly text: string } | { readonly reason: string }> {
  const extension = extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) return { reason: l10n.t('The Git extension of VS Code is not there or is disabled.') };
  const git = extension.isActive ? extension.exports : await extension.activate();
  if (!git.enabled) return { reason: l10n.t('Git is turned off in the settings of VS Code (git.enabled).') };
  const repository = git.getAPI(1).getRepository(uri);
  if (repository === null) return { reason: l10n.t('This file is in no Git repository that VS Code has open.') };
  try {
    return { text: await repository.show('HEAD', uri.fsPath) };
  } catch {
    return { reason: l10n.t('HEAD does not have this file yet: it was never committed under this name.') };
  }
}
