import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Analysis, withSafeFixes } from '../analysis.ts';
import { textOf } from '../document/document.ts';
import type { Configuration } from '../lint/configuration.ts';
import { readConfiguration } from '../lint/configuration-file.ts';
import { isConfigurationName } from '../lint/file-names.ts';
import type { Severity } from '../lint/finding.ts';
import { type CheckedFile, jsonReport } from '../report/json.ts';
import { prettyReport } from '../report/pretty.ts';
import { visible } from '../text/visible.ts';
import { type Command, type ExitStatus, type Terminal, UsageError, usesColour } from './command.ts';
import { configurationsOf } from './configuration.ts';
import { analysisOf, foldersOf, type Input, inputs } from './inputs.ts';

const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
const formats = ['pretty', 'json'] as const;

export const check: Command = {
  usage:
    'farm-email check [FILE | FOLDER …] [--format pretty|json] [--fix] [--fail-on SEVERITY] [--config FILE] [--stdin-filename NAME]',
  summary: 'find what makes mail fail, leak or mislead',
  help: `Checks the given files, and every farm-email file below the given folders; without arguments
below this folder. "-" reads standard input.

  --format FORMAT          pretty (default) or json, on standard output
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
        format: { type: 'string', default: 'pretty' },
        fix: { type: 'boolean', default: false },
        'fail-on': { type: 'string', default: 'error' },
        config: { type: 'string' },
        'stdin-filename': { type: 'string' },
      },
    });
    const format = oneOf(values.format, formats, '--format');
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
    report([...configurations, ...files], format, terminal);
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

function report(files: readonly CheckedFile[], format: (typeof formats)[number], terminal: Terminal): void {
  const { stdout } = terminal;
  if (format === 'json') stdout.write(`${JSON.stringify(jsonReport(files), null, 2)}\n`);
  else for (const part of prettyReport(files, usesColour(terminal, stdout))) stdout.write(part);
}

function hasErrors(files: readonly CheckedFile[]): boolean {
  return files.some(({ analysis }) => analysis.findings.some(({ severity }) => severity === 'error'));
}

function statusOf(files: readonly CheckedFile[], failOn: Severity | 'never'): ExitStatus {
  if (failOn === 'never') return 0;
  const worst = severities.indexOf(failOn);
  const counts = files.some(({ analysis }) =>
    analysis.findings.some(({ severity }) => severities.indexOf(severity) <= worst),
  );
  return counts ? 1 : 0;
}
