/**
 * How the extension is published: the same file to both registries. Tokens stay in the environment, where the two
 * programs look for them.
 *
 * @param {{ name: string, version: string, repository?: unknown }} manifest
 * @param {Record<string, string | undefined>} environment
 * @returns {{ commands: { registry: string, command: string[] }[], refused: string[] }} `refused`: a sentence for each
 * thing that is missing
 */
export function publications({ name, version, repository }, environment) {
  const file = `${name}-${version}.vsix`;
  const refused = [];
  if (repository === undefined) {
    refused.push(
      'package.json names no repository: both registries show it, and the README links to it. Add it first.',
    );
  }
  for (const [token, from] of [
    [
      'VSCE_PAT',
      'Visual Studio Marketplace: a personal access token of the publisher, with the scope Marketplace (Manage)',
    ],
    ['OVSX_PAT', 'Open VSX: an access token of the namespace'],
  ]) {
    if (!environment[token ?? '']) refused.push(`${token} is not set (${from}).`);
  }
  const commands = [
    { registry: 'Visual Studio Marketplace', command: ['npx', 'vsce', 'publish', '--packagePath', file] },
    { registry: 'Open VSX', command: ['npx', '--yes', 'ovsx@0.10', 'publish', '--packagePath', file] },
  ];
  return { commands, refused };
}
