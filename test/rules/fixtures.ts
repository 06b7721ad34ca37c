import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type CertificateReading } from '../../server/src/certificates/reading.ts';
import { readCertificate } from '../../server/src/certificates/read.ts';
import { type Analysis, analyse, type Surroundings } from '../../server/src/analysis.ts';
import { Secret } from '../../server/src/settings/secret.ts';
import { passwords } from './certificate-files.ts';
import { textOf } from '../../server/src/document/document.ts';
import { offsetsOf, pointerOf, rangeOf } from '../../server/src/document/places.ts';
import type { Format } from '../../server/src/document/split.ts';

export const folder = import.meta.dirname;

export interface Fixture {
  readonly rule: string;
  /** `bad`, `bad-flow`, `good` … */
  readonly name: string;
  readonly file: string;
  readonly format: Format;
  readonly text: string;
  readonly fixedFile: string;
  readonly fixed: string | undefined;
}

/** Every fixture of every rule: test/rules/<rule>/(bad|good)*.(yaml|json|jsonc). */
export function fixtures(): readonly Fixture[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: rule }) =>
      readdirSync(path.join(folder, rule))
        .filter((file) => /^(?:bad|good)[^.]*\.(?:yaml|json|jsonc)$/.test(file))
        .map((file) => fixture(rule, file)),
    );
}

function fixture(rule: string, fileName: string): Fixture {
  const file = path.join(folder, rule, fileName);
  const extension = path.extname(fileName);
  const fixedFile = file.slice(0, -extension.length) + `.fixed${extension}`;
  return {
    rule,
    name: path.basename(fileName, extension),
    file,
    format: extension.slice(1) as Format,
    text: readFileSync(file, 'utf8'),
    fixedFile,
    fixed: existsSync(fixedFile) ? readFileSync(fixedFile, 'utf8') : undefined,
  };
}

export interface Want {
  readonly line: number;
  readonly rule: string;
  readonly text: string;
}

/** The markers `want <rule> "<underlined text>"` of a fixture, each for its own line. */
export function wants(text: string): readonly Want[] {
  return text.split(/\r?\n/).flatMap((content, line) =>
    [...content.matchAll(/want ([\w/-]+) "((?:[^"\\]|\\.)*)"/g)].map((match) => ({
      line,
      rule: match[1] ?? '',
      text: (match[2] ?? '').replaceAll('\\"', '"'),
    })),
  );
}

/** The findings of an analysis in the form of markers. */
export function foundIn({ document, findings }: Analysis): readonly Want[] {
  const text = textOf(document);
  return findings.map((finding) => {
    const { start, end } = offsetsOf(document, finding.at);
    return { line: rangeOf(document, finding.at).start.line, rule: finding.rule, text: text.slice(start, end) };
  });
}

/** Rule, pointer and message: what must not depend on how a file is written. */
export function pointersIn({ document, findings }: Analysis): readonly string[] {
  return findings
    .flatMap(({ rule, node, copies = [], message }) =>
      [node, ...copies].map((each) => `${rule} ${each === undefined ? '' : pointerOf(document, each)} ${message}`),
    )
    .sort();
}

/** Reads the certificate files that a fixture names, as the entry points do. */
export async function surroundingsOf(analysis: Analysis, readFile: (name: string) => Uint8Array): Promise<Surroundings> {
  const readings = new Map<string, CertificateReading>();
  for (const { path: name, password } of analysis.settings.common.certificates) {
    if (name?.value === undefined) continue;
    const variable = password?.value?.kind === 'environment' ? password.value.name : undefined;
    const text = variable === undefined ? undefined : passwords[variable];
    const secret = text === undefined ? undefined : new Secret(text);
    readings.set(name.value, await readCertificate(readFile(name.value), secret));
  }
  return {
    ...analysis.surroundings,
    certificate: ({ path: name }) => readings.get(name?.value ?? ''),
    today: dayOf(textOf(analysis.document)),
  };
}

/** The day on which a fixture is checked: `# today 2027-02-01`, else one on which nothing in the fixtures changes. */
export function dayOf(text: string): Date {
  return new Date(/\btoday (\d{4}-\d\d-\d\d)\b/.exec(text)?.[1] ?? '2026-11-24');
}

export function analyseFixture({ format, text }: Pick<Fixture, 'format' | 'text'>, surroundings: Surroundings): Analysis {
  return analyse(format, text, surroundings);
}
