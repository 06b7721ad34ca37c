/**
 * What other extensions do, as far as ours has to get along with them:
 *
 * Red Hat's YAML runs yaml-language-server for every YAML file, with the schemas that extensions name in
 * `yamlValidation`. The server is the real one, from npm.
 *
 * GitHub Pull Requests opens both sides of a diff under the scheme `review`, with JSON in the query.
 */
import { commands, type ExtensionContext, extensions, Uri, workspace } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

export async function activate(context: ExtensionContext): Promise<void> {
  review(context);
  const { COMPANION_YAML_LANGUAGE_SERVER: module } = process.env;
  if (module !== undefined) await startYaml(context, module);
}

async function startYaml(context: ExtensionContext, module: string): Promise<void> {
  const client = new LanguageClient(
    'yaml',
    'YAML Support',
    { module, transport: TransportKind.ipc },
    { documentSelector: [{ language: 'yaml' }] },
  );
  client.onRequest('vscode/content', async (uri: string) => {
    return new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(uri)));
  });
  context.subscriptions.push(client);
  await client.start();
  await client.sendNotification('workspace/didChangeConfiguration', {
    settings: { yaml: { validate: true, schemaStore: { enable: false } } },
  });
  await client.sendNotification('json/schemaAssociations', associations());
}

interface Validation {
  readonly fileMatch: readonly string[];
  readonly url: string;
}

function associations(): readonly { fileMatch: readonly string[]; uri: string }[] {
  return extensions.all.flatMap(({ extensionUri, packageJSON }) => {
    const validations: readonly Validation[] = packageJSON.contributes?.yamlValidation ?? [];
    return validations.map(({ fileMatch, url }) => ({
      fileMatch: fileMatch.map((name) => `/${name}`),
      uri: Uri.joinPath(extensionUri, url).toString(),
    }));
  });
}

/** `Companion: Review` opens the files `base.farm-email.yaml` and `head.farm-email.yaml` as the two sides of one. */
function review(context: ExtensionContext): void {
  const side = (isBase: boolean): Uri =>
    Uri.from({ scheme: 'review', path: '/reviewed/farm-email.yaml', query: JSON.stringify({ base: isBase }) });
  const provider = workspace.registerTextDocumentContentProvider('review', {
    async provideTextDocumentContent({ query }) {
      const [folder] = workspace.workspaceFolders ?? [];
      const name = JSON.parse(query).base ? 'base.txt' : 'head.txt';
      return folder && new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder.uri, name)));
    },
  });
  const command = commands.registerCommand('companion.review', () =>
    commands.executeCommand('vscode.diff', side(true), side(false), 'Review of farm-email.yaml'),
  );
  context.subscriptions.push(provider, command);
}
