import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { analyse, noSurroundings } from '../analysis.ts';
import { rules } from '../rules/registry.ts';
import type { Command, Terminal, Words } from './command.ts';
import { inputs } from './inputs.ts';

/** A word that can stand there, and what it means. */
interface Candidate {
  readonly word: string;
  readonly meaning: string;
}

type Commands = Readonly<Record<string, Command>>;

/** What a shell completes itself. */
const files = 'files';

/**
 * The answer to a shell: a line for each word that can stand at the end of the command line, with its meaning behind a tab;
 * or `:files` where a file is wanted. `line` is the command line from the program's name up to the cursor.
 */
export async function complete(line: string, commands: Commands, terminal: Terminal): Promise<string> {
  const [, ...words] = wordsOf(line);
  const current = words.pop() ?? '';
  const found = await candidates(words, current, commands, terminal);
  if (found === files) return ':files\n';
  return found
    .filter(({ word }) => word.startsWith(current) && !/[\t\r\n]/.test(word))
    .map(({ word, meaning }) => `${word}\t${meaning}\n`)
    .join('');
}

/** The words of a command line, quotes taken away; the last one is empty behind a blank. */
function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/(?:"[^"]*"?|'[^']*'?|\\[\s"']|[^\s"'])+/g)];
  const last = words.at(-1);
  const texts = words.map(([word]) => word.replace(/"([^"]*)"?|'([^']*)'?|\\([\s"'])/g, '$1$2$3'));
  const isBehindBlank = last === undefined || last.index + last[0].length < line.length;
  return isBehindBlank ? [...texts, ''] : texts;
}

async function candidates(
  words: readonly string[],
  current: string,
  commands: Commands,
  terminal: Terminal,
): Promise<readonly Candidate[] | typeof files> {
  const [name, ...before] = words;
  const names = Object.entries(commands).map(([word, { summary }]) => ({ word, meaning: summary }));
  if (name === undefined) return [...names, { word: 'help', meaning: 'the help of a command' }];
  if (name === 'help') return before.length === 0 ? names : [];
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined || before.includes('--')) return files;
  const { options } = command;
  const look = (from: Words | undefined): Promise<readonly Candidate[] | typeof files> =>
    lookUp(from, command, before, terminal);

  const stated = /^--([\w-]+)=/.exec(current)?.[1];
  if (stated !== undefined) {
    const found = await look(options[stated]?.words);
    return found === files ? files : found.map(({ word, meaning }) => ({ word: `--${stated}=${word}`, meaning }));
  }
  const last = before.at(-1);
  const option = last?.startsWith('--') ? options[last.slice(2)] : undefined;
  if (option?.type === 'string') return look(option.words);
  if (current.startsWith('-')) return optionsOf(command, before);
  return look(command.operands);
}

/** The options that can still be stated, with what the help says of them. */
function optionsOf({ options, help }: Command, before: readonly string[]): readonly Candidate[] {
  const lines = help.split('\n').flatMap((line) => {
    const [, named = '', meaning = ''] = /^ {2}(--\S.*?)\s{2,}(\S.*)$/.exec(line) ?? [];
    return (named.match(/--[\w-]+/g) ?? []).map((word) => [word, meaning] as const);
  });
  const meanings = new Map(lines);
  return Object.entries({ ...options, help: { type: 'boolean', multiple: false } })
    .map(([name, { multiple }]) => ({ word: `--${name}`, multiple }))
    .filter(({ word, multiple }) => multiple || !before.some((each) => each === word || each.startsWith(`${word}=`)))
    .map(({ word }) => ({ word, meaning: meanings.get(word) ?? '' }));
}

async function lookUp(
  from: Words | undefined,
  { options }: Command,
  before: readonly string[],
  terminal: Terminal,
): Promise<readonly Candidate[] | typeof files> {
  if (from === undefined) return [];
  if (typeof from !== 'string') return bare(from);
  const operands = before.filter((word, i) => !word.startsWith('-') && !takesNext(before[i - 1], options));
  switch (from) {
    case 'files':
      return files;
    case 'file':
      return operands.length === 0 ? files : [];
    case 'rules':
      return operands.length === 0 ? rules.map(({ id, title }) => ({ word: id, meaning: title })) : [];
    case 'revisions':
      return revisions(terminal);
    case 'web-applications':
      return webApplications(operands[0], terminal);
    case 'environment-variables':
      return bare(Object.keys(terminal.env));
  }
}

/** Words that need no explanation. */
function bare(words: readonly string[]): readonly Candidate[] {
  return words.map((word) => ({ word, meaning: '' }));
}

function takesNext(word: string | undefined, options: Command['options']): boolean {
  return word?.startsWith('--') === true && options[word.slice(2)]?.type === 'string';
}

async function revisions({ cwd }: Terminal): Promise<readonly Candidate[]> {
  const args = ['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/remotes', 'refs/tags'];
  const answer = await promisify(execFile)('git', args, { cwd: cwd() }).catch(() => ({ stdout: '' }));
  const names = answer.stdout.split('\n').filter((name) => name !== '');
  return bare(['HEAD', ...names]);
}

async function webApplications(file: string | undefined, terminal: Terminal): Promise<readonly Candidate[]> {
  if (file === undefined || file === '-') return [];
  try {
    const [input] = await inputs([file], undefined, terminal);
    const { settings } = analyse(input?.format ?? 'yaml', (await input?.read()) ?? '', noSurroundings);
    return settings.webApplications.flatMap(({ url, name }) =>
      url?.value === undefined ? [] : [{ word: url.value, meaning: name?.value ?? '' }],
    );
  } catch {
    // Where the file cannot be read, the command says so; a shell has no place for it.
    return [];
  }
}
