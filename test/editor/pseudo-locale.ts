import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const pseudoLocale = 'qps-ploc';

/** A text as the pseudo-locale shows it. */
export function pseudo(text: string): string {
  return `⟦${text}⟧`;
}

/**
 * Makes an editor know a language that puts every text of the installed extension into brackets: with the files that the
 * extension would ship for another language, and those that a language pack leaves in the profile.
 * @param data Folder of the profile and of the extensions.
 */
export async function writePseudoLocale(data: string): Promise<void> {
  const extensions = join(data, 'extensions');
  const name = (await readdir(extensions)).find((each) => each.startsWith('farm-email.farm-email-')) ?? '';
  await inBrackets('package.nls.json', join(extensions, name, `package.nls.${pseudoLocale}.json`));
  await inBrackets('l10n/bundle.l10n.json', join(extensions, name, `l10n/bundle.l10n.${pseudoLocale}.json`));

  const profile = join(data, 'profile');
  const vscode = join(profile, 'pseudo-locale.i18n.json');
  await mkdir(profile, { recursive: true });
  await writeFile(vscode, JSON.stringify({ version: '1.0.0', contents: {} }));
  const pack = {
    hash: 'pseudo',
    extensions: [{ extensionIdentifier: { id: 'tests.pseudo-locale' }, version: '1.0.0' }],
    translations: { vscode },
    label: 'Pseudo',
  };
  await writeFile(join(profile, 'languagepacks.json'), JSON.stringify({ [pseudoLocale]: pack }));
}

async function inBrackets(source: string, target: string): Promise<void> {
  const texts: Record<string, string> = JSON.parse(await readFile(join(root, source), 'utf8'));
  const shown = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudo(text)]));
  await writeFile(target, JSON.stringify(shown));
}
