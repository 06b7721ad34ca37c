import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json';
import { commitAll, git, oldFarm, write } from '../cli/old-repository.ts';
import { root } from '../house/sources.ts';
import { temporaryFolders } from '../temporary.ts';
import { type Published, publish } from './published.ts';
import { runAction } from './runner.ts';

const temporaryFolder = temporaryFolders();
const page = readFileSync(path.join(root, 'docs/ci.md'), 'utf8');

/** The examples of the page, by the heading they stand under. */
const examples = [...page.matchAll(/^#{2,3} (.*)$|^```(\w+)\n([\s\S]*?)^```$/gm)].reduce(
  ({ heading, found }, [, title, language = '', text = '']) =>
    title === undefined ? { heading, found: [...found, { heading, language, text }] } : { heading: title, found },
  { heading: '', found: [] as readonly { heading: string; language: string; text: string }[] },
).found;

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

describe('the examples of docs/ci.md', { timeout: 120_000 }, () => {
  const installed = temporaryFolder();
  let published: Published;

  beforeAll(async () => {
    published = await publish(temporaryFolder());
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', published.tarball], { cwd: installed });
  }, 120_000);

  /** A repository with an old farm on main, and a pull request that changed one line of it. */
  function repository(): string {
    const folder = temporaryFolder();
    write(folder, { 'farms/prod.farm-email.yaml': oldFarm, '.gitignore': 'node_modules\n' });
    commitAll(folder, 'As it was found');
    git(folder, 'switch', '--quiet', '--create', 'change');
    write(folder, { 'farms/prod.farm-email.yaml': oldFarm.replace('noreply@', 'no-reply@') });
    git(folder, 'commit', '--quiet', '--all', '--message', 'A change');
    cpSync(path.join(installed, 'node_modules'), path.join(folder, 'node_modules'), { recursive: true });
    return folder;
  }

  /** Runs a line of a script as CI does, in bash. */
  async function inShell(line: string, cwd: string): Promise<{ status: number; stdout: string; stderr: string }> {
    const env = { ...process.env, CI: 'true', NO_COLOR: '1' };
    return promisify(execFile)('bash', ['-e', '-o', 'pipefail', '-c', line], { cwd, env }).then(
      ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
    );
  }

  const workflows = examples.filter(({ language, text }) => language === 'yaml' && /^jobs:/m.test(text));
  const others = examples.filter((each) => !workflows.includes(each) && each.language !== 'sh');

  test('are all of a kind that is run below', () => {
    expect(workflows).toHaveLength(3);
    expect(others.map(({ heading }) => heading)).toEqual([
      'GitLab',
      'Azure Pipelines',
      'pre-commit',
      'A task of VS Code',
    ]);
    expect(examples.filter(({ language }) => language === 'sh')).toHaveLength(5);
  });

  test.each(workflows)('$heading: the workflow', async ({ heading, text }) => {
    const { jobs } = parse(text);
    const steps: readonly Step[] = jobs.check.steps;
    const [checkout, own, ...behind] = steps;
    const workspace = temporaryFolder();
    const depth = checkout?.with?.['fetch-depth'] === 0 ? [] : ['--depth=1'];
    const remote = repository();
    git(workspace, 'clone', '--quiet', ...depth, `file://${remote}`, '.');
    const [name, tag = ''] = own?.uses?.split('@') ?? [];
    expect(name).toBe('OWNER/farm-email');
    const action = temporaryFolder();
    git(action, 'clone', '--quiet', '--depth=1', `--branch=${tag}`, `file://${published.repository}`, '.');
    const context = { 'github.event.pull_request.base.sha': git(remote, 'rev-parse', 'main').trim() };
    const evaluated = Object.entries(own?.with ?? {}).map(([input, value]): [string, string] => [
      input,
      String(value).replace(/\$\{\{ (.*?) \}\}/g, (_all, expression: keyof typeof context) => {
        expect(context).toHaveProperty([expression]);
        return context[expression];
      }),
    ]);
    const inputs = Object.fromEntries(evaluated);
    const { status, outputs } = await runAction(action, inputs, workspace);
    const isChangedOnly = heading.startsWith('Only');
    expect({ status, outputs }).toMatchObject({
      status: inputs['fail-on'] === 'never' || isChangedOnly ? 0 : 1,
      outputs: isChangedOnly ? { errors: '0', warnings: '1' } : { errors: '2', warnings: '1' },
    });
    for (const upload of behind) {
      expect(upload.uses).toMatch(/^github\/codeql-action\/upload-sarif@/);
      expect(existsSync(path.join(workspace, String(upload.with?.sarif_file)))).toBe(true);
    }
  });

  test('GitLab: both reports are written and hold what GitLab reads', async () => {
    const job = parse(exampleOf('GitLab'))['farm-email'];
    const folder = repository();
    for (const line of job.script) expect(await inShell(line, folder)).toMatchObject({ status: 1, stderr: '' });
    const quality = JSON.parse(readFileSync(path.join(folder, job.artifacts.reports.codequality), 'utf8'));
    expect(quality[0]).toEqual({
      description: expect.any(String),
      check_name: 'credential-key-missing',
      fingerprint: expect.any(String),
      severity: 'critical',
      location: { path: 'farms/prod.farm-email.yaml', lines: { begin: 7, end: 7 } },
    });
    const junit = readFileSync(path.join(folder, job.artifacts.reports.junit), 'utf8');
    expect(junit).toContain('<testsuites name="farm-email" tests="3" failures="2">');
  });

  test('Azure Pipelines: the check fails, and its results are there to be published', async () => {
    const { steps } = parse(exampleOf('Azure Pipelines'));
    const folder = repository();
    for (const { script } of steps) {
      if (script !== undefined) expect(await inShell(script, folder)).toMatchObject({ status: 1, stderr: '' });
    }
    const publishing = steps.find(({ task }: { task?: string }) => task?.startsWith('PublishTestResults@'));
    expect(existsSync(path.join(folder, publishing.inputs.testResultsFiles))).toBe(true);
  });

  test('pre-commit: a commit with a finding is not made, and other files are not looked at', async () => {
    const configuration = exampleOf('pre-commit').replace('https://github.com/OWNER/farm-email', published.repository);
    const folder = repository();
    write(folder, {
      '.pre-commit-config.yaml': `${configuration}      - id: farm-email-fix\n        stages: [manual]\n`,
      'farms/prod.farm-email.yaml': oldFarm.replace('noreply@', 'no.reply@'),
      'farms/other.yaml': 'smtpPort: 465\n',
      'farm-email.config.yaml': 'version: 1\n',
    });
    git(folder, 'add', '--all');
    const home = temporaryFolder();
    const env = { ...process.env, PRE_COMMIT_HOME: home, HOME: home };
    const hook = (...args: readonly string[]): Promise<string> =>
      promisify(execFile)('pre-commit', ['run', '--verbose', ...args], { cwd: folder, env }).then(
        ({ stdout }) => stdout,
        (error) => {
          if (error.code === 'ENOENT') throw new Error('This test needs pre-commit: apt-get install pre-commit');
          return error.stdout;
        },
      );
    const told = await hook();
    expect(told).toMatch(/farm-email check\.+Failed/);
    expect(told).toContain('1 file checked: 2 errors, 1 warning');
    await hook('--hook-stage', 'manual', 'farm-email-fix');
    expect(readFileSync(path.join(folder, 'farms/prod.farm-email.yaml'), 'utf8')).toContain('smtpPort: 587');
  });

  test('the task: what it prints is matched, each finding by its place, severity and rule', async () => {
    const { tasks } = JSON.parse(exampleOf('A task of VS Code'));
    const folder = repository();
    write(folder, { 'farms/clean.farm-email.yaml': oldFarm.replace('465', '587').replace('noreply', 'helpdesk') });
    const { stdout } = await inShell(tasks[0].command, folder);
    const [matcher] = manifest.contributes.problemMatchers;
    expect(tasks[0].problemMatcher).toBe(`$${matcher?.name}`);
    const { regexp, ...groups } = matcher?.pattern ?? { regexp: '' };
    const problems = stdout
      .trimEnd()
      .split('\n')
      .map((line) => new RegExp(regexp).exec(line) ?? [line]);
    const { stdout: json } = await inShell('npx farm-email check --format json', folder);
    const report: {
      files: {
        path: string;
        findings: {
          rule: string;
          severity: string;
          message: string;
          range: { start: { line: number; character: number } };
        }[];
      }[];
    } = JSON.parse(json);
    const expected = report.files.flatMap((file) =>
      file.findings.map(({ rule, severity, message, range: { start } }) => ({
        file: file.path,
        line: String(start.line + 1),
        column: String(start.character + 1),
        severity: severity === 'information' ? 'info' : severity,
        message,
        code: rule,
      })),
    );
    expect(expected.length).toBeGreaterThan(3);
    expect(
      problems.map((found) =>
        Object.fromEntries(Object.entries(groups).map(([group, index]) => [group, found[Number(index)]])),
      ),
    ).toEqual(expected);
  });

  test('the first two commands', async () => {
    const [pretty, json] = linesOf('');
    const folder = repository();
    expect(await inShell(pretty ?? '', folder)).toMatchObject({ status: 1, stderr: '' });
    const { status, stdout } = await inShell(json ?? '', folder);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).files).toHaveLength(1);
  });

  test('a repository that has findings already', async () => {
    const all = linesOf('A repository that has findings already');
    const of = (part: string): readonly string[] => all.filter((line) => line.includes(part));
    expect(all).toHaveLength(5);
    const statuses = async (lines: readonly string[], folder: string): Promise<readonly number[]> => {
      const results: number[] = [];
      for (const line of lines) results.push((await inShell(line, folder)).status);
      return results;
    };
    expect(await statuses(of('--add-suppressions'), repository())).toEqual([0]);
    expect(await statuses(of('--baseline'), repository())).toEqual([0, 0, 0]);
    const changed = await inShell(of('--changed-since')[0] ?? '', repository());
    expect(changed).toMatchObject({ status: 0, stderr: '' });
    expect(changed.stdout).toContain('1 file checked: 1 warning');
  });

  test('what is configured', async () => {
    const [line = ''] = linesOf('What is configured for a file');
    const { status, stdout } = await inShell(line, repository());
    expect(status).toBe(0);
    expect(Object.keys(JSON.parse(stdout).rules).length).toBeGreaterThan(90);
  });

  function exampleOf(wanted: string): string {
    return others.find(({ heading }) => heading === wanted)?.text ?? '';
  }

  function linesOf(wanted: string): readonly string[] {
    return examples
      .filter(({ heading, language }) => heading === wanted && language === 'sh')
      .flatMap(({ text }) => text.trimEnd().split('\n'));
  }
});
