import { tagsOf } from './distribution.mjs';

/**
 * How a version is published: the same extension to both registries, the package to npm, and the tags of the GitHub Action and
 * of pre-commit to the repository. Tokens stay in the environment, where each program looks for its own
 * (`environmentOf`).
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
    ['NPM_TOKEN', 'npm: an access token that may publish this package'],
  ]) {
    if (!environment[token ?? '']) refused.push(`${token} is not set (${from}).`);
  }
  const { released, moving } = tagsOf(version);
  const commands = [
    { registry: 'Visual Studio Marketplace', command: ['npx', 'vsce', 'publish', '--packagePath', file] },
    { registry: 'Open VSX', command: ['npx', '--yes', 'ovsx@0.10', 'publish', '--packagePath', file] },
    { registry: 'npm', command: ['npm', 'publish', '--access', 'public', `${name}-${version}.tgz`] },
    { registry: 'GitHub Actions, pre-commit', command: ['git', 'push', 'origin', released, `+${moving}`] },
  ];
  return { commands, refused };
}

/**
 * The environment in which the commands run: npm looks for its token under a name that no shell can set.
 *
 * @param {Record<string, string | undefined>} environment
 */
export function environmentOf(environment) {
  return { ...environment, 'npm_config_//registry.npmjs.org/:_authToken': environment.NPM_TOKEN };
}
