/**
 * Which documents are ours: by name only, so that the language stays `yaml`, `json` or `jsonc` and other extensions keep
 * working on the same file. Schemes are listed because the base side of a diff (`git:`, `review:` …) has the same name
 * and must stay without findings and without a lens.
 */
const schemes = ['file', 'untitled', 'vscode-remote', 'vscode-vfs'] as const;

const pattern = '**/{farm-email,*.farm-email}.{yaml,yml,json,jsonc}';

const name = /(?:^|\/)(?:[^/]+\.)?farm-email\.(?:ya?ml|jsonc?)$/;

const configurationPattern = '**/farm-email.config.{yaml,yml,json,jsonc}';

const configurationName = /(?:^|\/)farm-email\.config\.(?:ya?ml|jsonc?)$/;

export const farmEmailFiles = schemes.map((scheme) => ({ scheme, pattern }));

export const configurationFiles = schemes.map((scheme) => ({ scheme, pattern: configurationPattern }));

export function isFarmEmailFile(uri: { readonly scheme: string; readonly path: string }): boolean {
  return schemes.some((scheme) => scheme === uri.scheme) && name.test(uri.path);
}

/** What says which findings there are, for the farm-email files of its folder and of those below it. */
export function isConfigurationFile(uri: { readonly scheme: string; readonly path: string }): boolean {
  return schemes.some((scheme) => scheme === uri.scheme) && configurationName.test(uri.path);
}
