import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { installNode } from '../workbench/node.mjs';

/** A workflow command that the runner of GitHub Actions found on standard output. */
export interface WorkflowCommand {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Step {
  readonly status: number;
  readonly commands: readonly WorkflowCommand[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What people read: the lines that are no command. */
  readonly log: string;
}

interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

/**
 * Runs a JavaScript action as the runner of GitHub Actions does: under the Node.js it names, with its inputs and their
 * defaults in the environment, in the folder of the workspace.
 *
 * @param action the folder that holds action.yml
 */
export async function runAction(
  action: string,
  inputs: Readonly<Record<string, string>>,
  workspace: string,
): Promise<Step> {
  const metadata: Metadata = parse(readFileSync(path.join(action, 'action.yml'), 'utf8'));
  const unexpected = Object.keys(inputs).filter((name) => !Object.hasOwn(metadata.inputs, name));
  if (unexpected.length > 0) throw new Error(`Unexpected input(s) '${unexpected.join("', '")}'`);
  if (metadata.runs.using !== 'node24') throw new Error(`No runner for ${metadata.runs.using}`);
  const temporary = mkdtempSync(path.join(tmpdir(), 'farm-email-runner-'));
  const [output, summary] = ['output', 'summary.md'].map((name) => path.join(temporary, name)) as [string, string];
  for (const file of [output, summary]) writeFileSync(file, '');
  const given = Object.entries(metadata.inputs).map(([name, input]): [string, string] => {
    return [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, inputs[name] ?? input.default ?? ''];
  });
  const env = {
    PATH: process.env.PATH,
    HOME: temporary,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: temporary,
    ...Object.fromEntries(given),
  };
  const node = await installNode();
  try {
    const { status, stdout } = await run(node, [path.join(action, metadata.runs.main)], workspace, env);
    const outputs = readFileSync(output, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
    const undeclared = outputs.map(([name = '']) => name).filter((name) => !Object.hasOwn(metadata.outputs, name));
    if (undeclared.length > 0) throw new Error(`action.yml does not name the outputs ${undeclared.join(', ')}`);
    return { status, ...read(stdout), outputs: Object.fromEntries(outputs), summary: readFileSync(summary, 'utf8') };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly status: number; readonly stdout: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env }, (error, stdout, stderr) => {
      // The runner reads both as one.
      resolve({
        status: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
        stdout: stdout + stderr,
      });
    });
  });
}

/** Takes the commands out of a log, but for what stands between stop-commands and its token. */
function read(text: string): Pick<Step, 'commands' | 'log'> {
  const commands: WorkflowCommand[] = [];
  const log: string[] = [];
  let token: string | undefined;
  for (const line of text.split('\n')) {
    const [all, command = '', properties = '', data = ''] = /^\s*::([\w-]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? [];
    if (token !== undefined) {
      if (line.trim() === `::${token}::`) token = undefined;
      else log.push(line);
    } else if (all === undefined) log.push(line);
    else if (command === 'stop-commands') token = data;
    else {
      const named = properties === '' ? [] : properties.split(',').map((each) => each.split(/=(.*)/s).slice(0, 2));
      commands.push({
        command,
        properties: Object.fromEntries(named.map(([name = '', value = '']) => [name, unescaped(value)])),
        text: unescaped(data),
      });
    }
  }
  return { commands, log: log.join('\n') };
}

function unescaped(text: string): string {
  const characters: Readonly<Record<string, string>> = { '0D': '\r', '0A': '\n', '3A': ':', '2C': ',', '25': '%' };
  return text.replace(/%(0D|0A|3A|2C|25)/g, (_all, code: string) => characters[code] ?? '');
}
