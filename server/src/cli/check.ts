import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Analysis, withSafeFixes } from '../analysis.ts';
import { textOf } from '../document/document.ts';
import { readConfiguration } from '../lint/configuration-file.ts';
import { isConfigurationName } from '../lint/file-names.ts';
import type { Severity } from '../lint/finding.ts';
import { isSuppressible } from '../lint/suppressions.ts';
import { isAtLeast, severities } from '../report/place.ts';
import { type CheckedFile, checkedFile } from '../report/reported.ts';
import { visible } from '../text/visible.ts';
import { withSuppressions } from './add-suppressions.ts';
import { type BaselineUse, openBaseline } from './baseline.ts';
import { changedSince } from './changed-lines.ts';
import { checkHelp, checkOptions, checkUsage } from './check-options.ts';
import { type Command, type ExitStatus, type Terminal, UsageError } from './command.ts';
import { type Checking, configurationsOf } from './configuration.ts';
import { analysisOf, foldersOf, type Input, inputs, shownPath, withTexts } from './inputs.ts';
import { oneOf, outputsOf, write } from './outputs.ts';
import { configurationText } from './print-configuration.ts';
import { type Progress, progressOf } from './progress.ts';

export const check: Command = {
  usage: checkUsage,
  summary: 'find what makes mail fail, leak or mislead',
  help: checkHelp,
  options: checkOptions,
  operands: 'files',

  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: checkOptions });
    const outputs = outputsOf(values.format);
    const failOn = oneOf(values['fail-on'], [...severities, 'never'] as const, '--fail-on');
    const least = failOn === 'never' ? undefined : failOn;
    refuseContradictions(values, positionals);
    const checking = await configurationsOf(values.config, terminal);
    const all = await inputs(positionals, values['stdin-filename'], terminal);
    if (values['print-config']) return printConfiguration(all, checking, terminal);

    const baseline =
      values.baseline === undefined ? undefined : await openBaseline(values.baseline, useOf(values), terminal);
    const changed = values['changed-since'] === undefined ? undefined : changedSince(values['changed-since']);
    const progress = progressOf(all.length, terminal);
    const files: CheckedFile[] = [];
    const named: CheckedFile[] = [];
    try {
      for await (const { input, text } of withTexts(all)) {
        progress.next();
        if (isConfigurationName(input.absolute)) {
          const read = readConfiguration(input.format, text ?? '\0');
          named.push(checkedFile(input.path, read));
          continue;
        }
        const found = await analysisOf(input, text, await checking.inForceFor(input));
        const analysis = await rewritten(input, found, values, progress);
        await checking.checked(input, analysis);
        const checked = checkedFile(input.path, analysis);
        const left = baseline?.accept(checked, input, analysis) ?? checked;
        files.push((await changed?.only(left, input)) ?? left);
      }
    } finally {
      progress.end();
    }
    const note = await baseline?.finish();
    if (note !== undefined) terminal.stderr.write(`${note}\n`);
    const found = await checking.report(await foldersOf(positionals, terminal));
    const configurations = [...found, ...named.filter((one) => !found.some((other) => other.path === one.path))];
    for (const output of outputs) await write(output, [...configurations, ...files], least, terminal);
    return isAnyAtLeast(configurations, 'error') ? 2 : isAnyAtLeast(files, least) ? 1 : 0;
  },
};

type CheckValues = ReturnType<typeof parseArgs<{ readonly options: typeof checkOptions }>>['values'];

function useOf(values: CheckValues): BaselineUse {
  return values['write-baseline'] ? 'write' : values['prune-baseline'] ? 'prune' : 'honour';
}

/** Throws where options do not go together. */
function refuseContradictions(values: CheckValues, positionals: readonly string[]): void {
  const refuse = (isWrong: boolean | undefined, reason: string): void => {
    if (isWrong) throw new UsageError(reason);
  };
  const { fix, baseline, reason } = values;
  const add = values['add-suppressions'];
  const writes = values['write-baseline'] || values['prune-baseline'];
  const changedOnly = values['changed-since'] !== undefined;
  const stdin = positionals.includes('-');
  refuse(fix && stdin, '--fix writes the files it fixes, and standard input (-) is none; name a file instead');
  refuse(add && stdin, '--add-suppressions writes files, and standard input (-) is none; name a file instead');
  refuse(changedOnly && stdin, '--changed-since compares files, and standard input (-) is none; name a file instead');
  refuse(writes && baseline === undefined, '--write-baseline and --prune-baseline need --baseline FILE');
  refuse(values['write-baseline'] && values['prune-baseline'], '--write-baseline leaves nothing to --prune-baseline');
  refuse(writes && changedOnly, 'a baseline is written of all findings; leave out --changed-since');
  refuse(fix && changedOnly, '--fix mends whole files; leave out --changed-since');
  refuse(add && changedOnly, '--add-suppressions takes all findings; leave out --changed-since');
  refuse(add && baseline !== undefined, 'a finding is accepted by a comment or by a baseline; choose one of the two');
  refuse(reason !== undefined && !add, '--reason belongs to --add-suppressions');
  refuse(reason !== undefined && !isReason(reason), '--reason is a line of text, and cannot hold */');
}

function isReason(text: string): boolean {
  return text.trim() !== '' && visible(text) === text && !/[\r\n]|\*\//.test(text);
}

/** Applies `--fix` and `--add-suppressions` to a file, and writes it where that changed anything. */
async function rewritten(input: Input, analysis: Analysis, values: CheckValues, { say }: Progress): Promise<Analysis> {
  const fixed = values.fix ? withSafeFixes(analysis) : analysis;
  const accepted = values['add-suppressions'] ? withSuppressions(fixed, values.reason?.trim()) : fixed;
  const { file } = input;
  const name = visible(input.path);
  if (accepted !== analysis && file !== undefined) {
    await writeFile(file, textOf(accepted.document)).catch((error) => {
      throw new UsageError(`${input.path} could not be written: ${visible(String(error.code))}`);
    });
    if (fixed !== analysis) say(`${name}: fixed`);
    const count = accepted.suppressed.length - fixed.suppressed.length;
    if (accepted !== fixed) say(`${name}: ${count} finding${count === 1 ? '' : 's'} accepted`);
  }
  if (values['add-suppressions']) {
    const left = accepted.findings.filter(({ rule }) => isSuppressible(rule)).length;
    const why =
      input.format === 'json' ? 'JSON has no comments' : 'a comment has no place there, or would change something else';
    if (left > 0) {
      say(`${name}: ${left} left, ${why}; accept what is meant in farm-email.config.yaml, or with --baseline`);
    }
  }
  return accepted;
}

async function printConfiguration(all: readonly Input[], checking: Checking, terminal: Terminal): Promise<ExitStatus> {
  const [input, ...others] = all;
  if (input === undefined || others.length > 0) throw new UsageError('--print-config wants one file');
  const file = await checking.fileFor(input);
  terminal.stdout.write(configurationText(await checking.inForceFor(input)));
  const from =
    file === undefined ? 'no configuration is found; the rules are as they come' : shownPath(file, terminal.cwd());
  terminal.stderr.write(`${visible(input.path)}: ${visible(from)}\n`);
  const wrong = await checking.report([]);
  if (!isAnyAtLeast(wrong, 'error')) return 0;
  terminal.stderr.write('Something in it is wrong and does not take effect; farm-email check says what.\n');
  return 2;
}

function isAnyAtLeast(files: readonly CheckedFile[], least: Severity | undefined): boolean {
  return files.some(({ findings }) => findings.some(({ severity }) => isAtLeast(severity, least)));
}
