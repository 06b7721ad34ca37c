import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { version } from '../../../package.json';
import { type Analysis, withSafeFixes } from '../analysis.ts';
import { textOf } from '../document/document.ts';
import type { Configuration } from '../lint/configuration.ts';
import { readConfiguration } from '../lint/configuration-file.ts';
import { isConfigurationName } from '../lint/file-names.ts';
import type { Severity } from '../lint/finding.ts';
import type { CheckedFile } from '../report/json.ts';
import { type ReportFormat, reportFormats, reports } from '../report/output.ts';
import { isAtLeast, severities } from '../report/place.ts';
import { rules } from '../rules/registry.ts';
import { visible } from '../text/visible.ts';
import { type Command, type ExitStatus, type Terminal, UsageError, usesColour } from './command.ts';
import { configurationsOf } from './configuration.ts';
import { analysisOf, foldersOf, type Input, inputs } from './inputs.ts';

export const check: Command = {
  usage:
    'farm-email check [FILE | FOLDER …] [--format FORMAT[=FILE]]… [--fix] [--fail-on SEVERITY] [--config FILE] [--stdin-filename NAME]',
  summary: 'find what makes mail fail, leak or mislead',
  help: `Checks the given files, and every farm-email file below the given folders; without arguments
below this folder. "-" reads standard input.

  --format FORMAT[=FILE]   on standard output, or into a file; several at once, one of them on standard output.
                             pretty    for people: the line, underlined, and the fix (default)
                             compact   one line each: file:line:column: severity: message [rule]
                             json      all of it, in a form that stays
                             sarif     SARIF 2.1.0, for code scanning
                             github    annotations of GitHub Actions, errors first, and the job summary
                             gitlab    GitLab's Code Quality
                             junit     test results
                             markdown  a table
  --fix                    apply the safe fixes to the files first
  --fail-on SEVERITY       error (default), warning, information, hint or never
  --config FILE            the configuration of all files; else the nearest farm-email.config.yaml (.yml, .json,
                           .jsonc) upwards from each file counts
  --stdin-filename NAME    the name that standard input is checked under

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use or configuration, 3 our own failure.`,

  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', multiple: true, default: ['pretty'] },
        fix: { type: 'boolean', default: false },
        'fail-on': { type: 'string', default: 'error' },
        config: { type: 'string' },
        'stdin-filename': { type: 'string' },
      },
    });
    const outputs = outputsOf(values.format);
    const failOn = oneOf(values['fail-on'], [...severities, 'never'] as const, '--fail-on');
    if (values.fix && positionals.includes('-')) {
      throw new UsageError('--fix writes the files it fixes, and standard input (-) is none; name a file instead');
    }
    const files: CheckedFile[] = [];
    const named: CheckedFile[] = [];
    const checking = await configurationsOf(values.config, terminal);
    for (const input of await inputs(positionals, values['stdin-filename'], terminal)) {
      if (isConfigurationName(input.absolute)) {
        named.push({ path: input.path, analysis: readConfiguration(input.format, input.text ?? '\0') });
        continue;
      }
      const analysis = await checkOne(input, await checking.inForceFor(input), values.fix, terminal);
      await checking.checked(input, analysis);
      files.push({ path: input.path, analysis });
    }
    const found = await checking.report(await foldersOf(positionals, terminal));
    const configurations = [...found, ...named.filter((one) => !found.some((other) => other.path === one.path))];
    const all = [...configurations, ...files];
    for (const output of outputs) await write(output, all, failOn === 'never' ? undefined : failOn, terminal);
    return hasErrors(configurations) ? 2 : statusOf(files, failOn);
  },
};

function oneOf<T extends string>(value: string, allowed: readonly T[], option: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new UsageError(`${option} must be one of ${allowed.join(', ')}, not ${value}`);
  return found;
}

async function checkOne(
  input: Input,
  configuration: Configuration,
  fix: boolean,
  terminal: Terminal,
): Promise<Analysis> {
  const { file } = input;
  const analysis = await analysisOf(input, configuration);
  if (!fix || input.text === undefined || file === undefined) return analysis;
  const fixed = withSafeFixes(analysis);
  if (fixed === analysis) return analysis;
  await writeFile(file, textOf(fixed.document)).catch((error) => {
    throw new UsageError(`${input.path} could not be written: ${visible(String(error.code))}`);
  });
  terminal.stderr.write(`${visible(input.path)}: fixed\n`);
  return fixed;
}

interface Output {
  readonly format: ReportFormat;
  /** Undefined for standard output. */
  readonly file: string | undefined;
}

function outputsOf(values: readonly string[]): readonly Output[] {
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

async function write(
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

async function writeInto(file: string, text: string, shown: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new UsageError(`${shown} could not be written: ${visible(String((error as NodeJS.ErrnoException).code))}`);
  }
}

function hasErrors(files: readonly CheckedFile[]): boolean {
  return files.some(({ analysis }) => analysis.findings.some(({ severity }) => severity === 'error'));
}

function statusOf(files: readonly CheckedFile[], failOn: Severity | 'never'): ExitStatus {
  const least = failOn === 'never' ? undefined : failOn;
  return files.some(({ analysis }) => analysis.findings.some(({ severity }) => isAtLeast(severity, least))) ? 1 : 0;
}
