/**
 * Which documents are ours: by name only, so that the language stays `yaml`, `json` or `jsonc` and other extensions keep
 * working on the same file. Schemes are listed because the base side of a diff (`git:` …) has the same name and must stay
 * without findings and without a lens.
 */
const schemes = ['file', 'untitled', 'vscode-remote', 'vscode-vfs'] as const;

/** Files of pull requests, as GitHub's and Azure Repos' extensions open them; the query says which side of the diff it is. */
const reviewSchemes = ['pr', 'review'] as const;

export const farmEmailPattern = '**/{farm-email,*.farm-email}.{yaml,yml,json,jsonc}';

const name = /(?:^|\/)(?:[^/]+\.)?farm-email\.(?:ya?ml|jsonc?)$/;

export const configurationPattern = '**/farm-email.config.{yaml,yml,json,jsonc}';

const configurationName = /(?:^|\/)farm-email\.config\.(?:ya?ml|jsonc?)$/;

export function isConfigurationName(path: string): boolean {
  return configurationName.test(path);
}

/** Whether a file is the one that a change on disk names, or lies in the folder that it names. */
export function isPartOf(file: { toString(): string }, changed: { toString(): string }): boolean {
  return `${file}/`.startsWith(`${changed}/`);
}

interface FileUri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;
}

/** Those whose settings can be tested: not those of a pull request. */
export const farmEmailFiles = schemes.map((scheme) => ({ scheme, pattern: farmEmailPattern }));

/** Those that the language server reads. The base side of a pull request is among them: see `isBaseSide`. */
export const documentSelector = [...schemes, ...reviewSchemes].flatMap((scheme) =>
  [farmEmailPattern, configurationPattern].map((pattern) => ({ scheme, pattern })),
);

export function isFarmEmailFile({ scheme, path }: FileUri): boolean {
  return schemes.some((each) => each === scheme) && name.test(path);
}

/** Whether the language server has something to say about a document. */
export function isChecked(uri: FileUri): boolean {
  const isKnown = [...schemes, ...reviewSchemes].some((scheme) => scheme === uri.scheme);
  return isKnown && (name.test(uri.path) || isConfigurationName(uri.path)) && !isBaseSide(uri);
}

/** The base side of a pull request's diff; a document that does not say which side it is counts as one. */
export function isBaseSide({ scheme, query }: FileUri): boolean {
  if (!reviewSchemes.some((each) => each === scheme)) return false;
  try {
    const { base, isBase }: { base?: unknown; isBase?: unknown } = JSON.parse(query);
    return (base ?? isBase) !== false;
  } catch {
    return true;
  }
}
