import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { version } from '../../../package.json';
import type { Severity } from '../lint/finding.ts';
import { type ReportFormat, reportFormats, reports } from '../report/output.ts';
import type { CheckedFile } from '../report/reported.ts';
import { rules } from '../rules/registry.ts';
import { visible } from '../text/visible.ts';
import { type Terminal, UsageError, usesColour } from './command.ts';

/** A report, and where it goes. */
export interface Output {
  readonly format: ReportFormat;
  /** Undefined for standard output. */
  readonly file: string | undefined;
}

/** What the values of `--format` ask for. */
export function outputsOf(values: readonly string[]): readonly Output[] {
  const outputs = values.map((value): Output => {
    const [format = '', ...file] = value.split('=');
    if (file.join('=') === '' && value.includes('=')) throw new UsageError(`--format ${value} names no file behind =`);
    return { format: oneOf(format, reportFormats, '--format'), file: value.includes('=') ? file.join('=') : undefined };
  });
  if (outputs.filter(({ file }) => file === undefined).length > 1) {
    throw new UsageError(
      'only one --format can go to standard output; give the others a file: --format sarif=report.sarif',
    );
  }
  return outputs;
}

export function oneOf<T extends string>(value: string, allowed: readonly T[], option: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new UsageError(`${option} must be one of ${allowed.join(', ')}, not ${value}`);
  return found;
}

/** Writes one report; with GitHub's also the job summary, where there is one. */
export async function write(
  { format, file }: Output,
  files: readonly CheckedFile[],
  failOn: Severity | undefined,
  terminal: Terminal,
): Promise<void> {
  const { stdout } = terminal;
  const { GITHUB_STEP_SUMMARY: summary } = terminal.env;
  const colour = file === undefined && usesColour(terminal, stdout);
  const parts = reports[format](files, { colour, rules, version, failOn });
  if (file === undefined) for (const part of parts) stdout.write(part);
  else await writeInto(path.resolve(terminal.cwd(), file), [...parts].join(''), file);
  if (format === 'github' && summary) {
    await appendFile(summary, [...reports.markdown(files)].join('')).catch((error) => {
      terminal.stderr.write(`farm-email check: the job summary could not be written: ${visible(String(error.code))}\n`);
    });
  }
}

/** Writes a file and makes its folder. @param shown Its name in the refusal. */
export async function writeInto(file: string, text: string, shown: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`${shown} could not be written: ${visible(String((error as NodeJS.ErrnoException).code))}`);
  }
}
