import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Severity } from '../lint/finding.ts';
import type { JsonReport } from '../report/json.ts';
import { severities } from '../report/place.ts';
import { workflowCommand } from '../report/workflow-command.ts';
import { check } from './check.ts';
import { type ExitStatus, execute, type Terminal } from './command.ts';

/**
 * The GitHub Action: `farm-email check` with the inputs of action.yml, which the runner gives in the environment. Findings
 * become annotations and the job summary; the counts become outputs.
 */
async function runAction(runner: Terminal): Promise<ExitStatus> {
  const temporary = await mkdtemp(path.join(runner.env.RUNNER_TEMP ?? tmpdir(), 'farm-email-'));
  try {
    return await runIn(temporary, runner);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** @param temporary a folder for what is read again and thrown away */
async function runIn(temporary: string, runner: Terminal): Promise<ExitStatus> {
  const { env, stdout } = runner;
  const input = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const option = (name: string): readonly string[] => (input(name) === '' ? [] : [`--${name}`, input(name)]);
  const [json, log] = [path.join(temporary, 'farm-email.json'), path.join(temporary, 'farm-email.txt')];
  const sarif = input('sarif-file');
  const formats = ['github', `json=${json}`, `pretty=${log}`, ...(sarif === '' ? [] : [`sarif=${sarif}`])];
  const paths = input('paths')
    .split(/\r?\n/)
    .map((each) => each.trim());
  const args = [
    ...formats.flatMap((format) => ['--format', format]),
    ...['fail-on', 'config', 'baseline', 'changed-since'].flatMap(option),
    '--',
    ...paths.filter((each) => each !== ''),
  ];
  let told = '';
  const stderr = { write: (text: string) => (told += text) };
  const terminal: Terminal = { stdin: runner.stdin, stdout, stderr, env, cwd: () => runner.cwd(), once: () => {} };
  const status = await execute('check', check, args, terminal);

  if (told !== '')
    stdout.write(`${workflowCommand(status === 2 ? 'error' : 'notice', { title: 'farm-email' }, told.trim())}\n`);
  const report: JsonReport | undefined = await readFile(json, 'utf8').then(JSON.parse, () => undefined);
  if (report === undefined) return status;
  const findings = report.files.flatMap((file) => file.findings);
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  const outputs = {
    ...Object.fromEntries(severities.map((severity) => [plurals[severity], count(severity)])),
    suppressed: report.files.flatMap((file) => file.suppressed).length,
    files: report.files.length,
    'sarif-file': sarif,
  };
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  if (env.GITHUB_OUTPUT) await appendFile(env.GITHUB_OUTPUT, lines.join(''));

  // What files are called and say is no command of the workflow.
  const pause = randomUUID();
  const all = await readFile(log, 'utf8');
  stdout.write(`::group::All findings\n::stop-commands::${pause}\n${all}::${pause}::\n::endgroup::\n`);
  return status;
}

const plurals: Readonly<Record<Severity, string>> = {
  error: 'errors',
  warning: 'warnings',
  information: 'information',
  hint: 'hints',
};

runAction(process).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    const text = `This is a mistake of farm-email itself, please report it: ${reason}`;
    process.stdout.write(`${workflowCommand('error', { title: 'farm-email' }, text)}\n`);
    process.exitCode = 3;
  },
);
