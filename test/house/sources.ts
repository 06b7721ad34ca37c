import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly name: string;
  readonly text: string;
  /** What it imports, statically or with `import()`: a file from the root, or a package. */
  readonly imports: readonly string[];
}

/** The TypeScript files below a folder of the repository. */
export function sources(folder: string): readonly SourceFile[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const file = path.posix.join(folder, name.split(path.sep).join('/'));
      const text = readFileSync(path.join(root, file), 'utf8');
      const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
      const imports = specifiers.map((specifier) =>
        specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier,
      );
      return { name: file, text, imports };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
