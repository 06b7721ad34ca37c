import { expect, test } from 'vitest';
import { isConfigurationFile, isFarmEmailFile } from '../../client/src/files.ts';

test.each([
  ['file', '/farm/farm-email.yaml'],
  ['file', '/c:/farm/farm-email.yml'],
  ['file', '/farm/prod.farm-email.json'],
  ['vscode-remote', '/farm/eu.prod.farm-email.jsonc'],
  ['untitled', '/farm/farm-email.yaml'],
])('%s:%s is ours', (scheme, path) => expect(isFarmEmailFile({ scheme, path })).toBe(true));

test.each([
  ['file', '/farm/email.yaml'],
  ['file', '/farm/my-farm-email.yaml'],
  ['file', '/farm/farm-email.yaml.bak'],
  ['file', '/farm-email.yaml/other.yaml'],
  ['file', '/farm/.farm-email.toml'],
  ['file', '/farm/farm-email.config.yaml'],
  ['git', '/farm/farm-email.yaml'],
  ['review', '/farm/farm-email.yaml'],
])('%s:%s is not', (scheme, path) => expect(isFarmEmailFile({ scheme, path })).toBe(false));

test.each([
  ['file', '/farm/farm-email.config.yaml', true],
  ['file', 'farm-email.config.jsonc', true],
  ['file', '/farm/farm-email.yaml', false],
  ['file', '/farm/my.farm-email.config.yaml', false],
  ['git', '/farm/farm-email.config.yaml', false],
])('%s:%s is a configuration: %s', (scheme, path, expected) =>
  expect(isConfigurationFile({ scheme, path })).toBe(expected),
);
