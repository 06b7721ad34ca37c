import { expect, test } from 'vitest';
import type { Connection } from 'vscode-languageserver';
import { browserPlatform } from '../../server/src/lsp/browser-platform.ts';
import type { ConfigurationsInResult } from '../../server/src/lsp/protocol.ts';

const text = 'version: 1\nrules: { port-implicit-tls: off }\n';

test('a configuration that is alone again is no longer said to be one of several', async () => {
  let files: ConfigurationsInResult = ['farm-email.config.yaml', 'farm-email.config.json'].map((name) => ({
    name,
    text,
  }));
  const connection = { sendRequest: async () => files } as unknown as Connection;
  const around = browserPlatform.surroundings(connection, () => undefined);
  around.setFolders(['vscode-vfs://github/contoso']);
  const found = async (): Promise<readonly string[]> => {
    const configuration = await around.configurationOf('vscode-vfs://github/contoso/emea/farm-email.yaml');
    return configuration?.read.findings.map(({ rule }) => rule) ?? [];
  };
  expect(await found()).toEqual(['configuration/several-files']);
  files = files.slice(0, 1);
  around.forget();
  expect(await found()).toEqual([]);
});
