import { execFile } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { Language, Parser } from 'web-tree-sitter';
import { root } from '../house/sources.ts';
import { temporaryFolders } from '../temporary.ts';
import { runCli } from './run-cli.ts';

const contoso = path.join(root, 'examples/contoso');
const temporaryFolder = temporaryFolders();

/** The words that are offered at the end of a command line. */
async function offered(line: string): Promise<readonly string[]> {
  const { status, stdout, stderr } = await runCli(['complete', line], { cwd: contoso });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout
    .trimEnd()
    .split('\n')
    .map((each) => each.split('\t')[0] ?? '');
}

test.each([
  ['farm-email ', ['check', 'effective', 'probe', 'send', 'inbox', 'rules', 'completion', 'help']],
  ['farm-email ch', ['check']],
  ['farm-email help ru', ['rules']],
  ['farm-email check --fix --f', ['--format', '--fail-on']],
  ['farm-email check --format json --form', ['--format']],
  ['farm-email check --fail-on ', ['error', 'warning', 'information', 'hint', 'never']],
  ['farm-email check --format=s', ['--format=sarif']],
  ['farm-email check --config ', [':files']],
  ['farm-email check ', [':files']],
  ['farm-email check -- --f', [':files']],
  ['farm-email effective farm-email.yaml ', ['']],
  ['farm-email rules port-imp', ['port-implicit-tls']],
  ['farm-email rules port-implicit-tls ', ['']],
  ['farm-email completion ', ['bash', 'zsh', 'fish', 'powershell']],
  ['farm-email send farm-email.yaml --route ', ['configured', 'inbox']],
  ["farm-email probe --to x 'farm-email.yaml' --web-application https://por", ['https://portal.contoso.com/']],
  ['farm-email probe none.yaml --web-application ', ['']],
  ['farm-email probe --web-application ', ['']],
  ['farm-email constructor ', [':files']],
])('%s', async (line, words) => {
  expect(await offered(line)).toEqual(words);
});

test('revisions are those of git', async () => {
  expect(await offered('farm-email check --changed-since HE')).toEqual(['HEAD']);
});

test('each option has its meaning, from the help', async () => {
  for (const name of ['check', 'probe', 'send', 'inbox']) {
    const { stdout } = await runCli(['complete', `farm-email ${name} --`], { cwd: contoso });
    const bare = stdout.split('\n').filter((line) => line.endsWith('\t'));
    expect(bare, name).toEqual(['--help\t']);
  }
});

test('another shell is refused', async () => {
  expect(await runCli(['completion', 'tcsh'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('one shell of bash, zsh, fish, powershell is wanted'),
  });
});

describe('in the shells themselves', () => {
  const bin = temporaryFolder();
  const program = path.join(bin, 'farm-email');

  beforeAll(() => {
    const cli = path.join(root, 'dist/cli.js');
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
    chmodSync(program, 0o755);
  });

  /** Runs a script in a shell in which `farm-email` is on the PATH. */
  async function inShell(shell: string, args: readonly string[], script: string): Promise<string> {
    const home = temporaryFolder();
    const env = { PATH: `${bin}:${process.env.PATH}`, HOME: home, TERM: 'xterm', LC_ALL: 'C.UTF-8' };
    const file = path.join(home, 'script');
    writeFileSync(file, script);
    try {
      const { stdout } = await promisify(execFile)(shell, [...args, file], { cwd: contoso, env, timeout: 25_000 });
      return stdout;
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      throw isMissing ? new Error(`This test needs ${shell}: apt-get install ${shell}`) : error;
    }
  }

  test('bash', async () => {
    const script = `
      source <(farm-email completion bash)
      complete -p farm-email
      for COMP_LINE in 'farm-email check --fo' 'farm-email check --format=s' \\
        'farm-email probe farm-email.yaml --web-application https://p' 'farm-email rules port-i'; do
        COMP_POINT=\${#COMP_LINE}
        _farm_email
        echo "\${COMPREPLY[*]}"
      done`;
    expect((await inShell('bash', ['--norc', '--noprofile'], script)).trimEnd().split('\n')).toEqual([
      'complete -F _farm_email farm-email',
      '--format',
      'sarif',
      '//portal.contoso.com/ //projects.contoso.com/',
      'port-implicit-tls',
    ]);
  });

  test('fish', async () => {
    const script = `
      farm-email completion fish | source
      complete -C 'farm-email check --fo'
      complete -C 'farm-email probe farm-email.yaml --web-application https://po'
      complete -C 'farm-email check farm-em'`;
    expect((await inShell('fish', ['--no-config'], script)).trimEnd().split('\n')).toEqual([
      '--format\ton standard output, or into a file; several at once, one of them on standard output',
      'https://portal.contoso.com/\tPortal',
      'farm-email.yaml',
    ]);
  });

  test('powershell: it is PowerShell, as far as its grammar says', async () => {
    // Neither npm nor Debian has a PowerShell to run.
    await Parser.init();
    const wasm = path.join(root, 'node_modules/tree-sitter-powershell/tree-sitter-powershell.wasm');
    const parser = new Parser().setLanguage(await Language.load(wasm));
    const { stdout } = await runCli(['completion', 'powershell']);
    expect(parser.parse(stdout)?.rootNode.hasError).toBe(false);
    expect(parser.parse(stdout.replace('foreach (', 'foreach '))?.rootNode.hasError).toBe(true);
  });

  test('zsh, at a terminal', { timeout: 30_000 }, async () => {
    // Types into a zsh of its own, and waits for what is to appear.
    const script = `
      zmodload zsh/zpty
      zpty z zsh -f -i
      typed() { zpty -w -n z "$1"; zpty -r -m z REPLY "*$2*"; print -r -- "$2"; }
      zpty -w z "PROMPT='> '; stty columns 200; autoload -Uz compinit; compinit -u -D; source <(farm-email completion zsh); echo REA''DY"
      zpty -r -m z REPLY '*READY*'
      typed $'farm-email rules port-imp\\t' port-implicit-tls
      typed $'\\C-ufarm-email check --format=sa\\t' '--format=sarif'
      typed $'\\C-ufarm-email probe farm-email.yaml --web-application https://por\\t' 'https://portal.contoso.com/'
      typed $'\\C-ufarm-email check farm-em\\t' farm-email.yaml`;
    expect((await inShell('zsh', ['-f'], script)).trimEnd().split('\n')).toEqual([
      'port-implicit-tls',
      '--format=sarif',
      'https://portal.contoso.com/',
      'farm-email.yaml',
    ]);
  });
});
