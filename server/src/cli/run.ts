import { version } from '../../../package.json';
import { nearest } from '../schema/nearest.ts';
import { visible } from '../text/visible.ts';
import { check } from './check.ts';
import { type Command, type ExitStatus, execute, type Terminal } from './command.ts';
import { complete } from './complete.ts';
import { completion } from './completion.ts';
import { effective } from './effective.ts';
import { inbox } from './inbox.ts';
import { probe } from './probe.ts';
import { rulesCommand } from './rules.ts';
import { send } from './send.ts';

const commands: Readonly<Record<string, Command>> = {
  check,
  effective,
  probe,
  send,
  inbox,
  rules: rulesCommand,
  completion,
};

/** Runs one command line; `args` are those behind the program's name. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const [name, ...rest] = args;
  if (name === 'help' && rest[0] !== undefined) return run([rest[0], '--help'], terminal);
  if (name === '--version') {
    terminal.stdout.write(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    terminal.stdout.write(overview());
    return name === undefined ? 2 : 0;
  }
  if (name === 'complete') {
    // What the scripts of `completion` ask.
    terminal.stdout.write(await complete(rest.join(' '), commands, terminal));
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const meant = nearest(name, Object.keys(commands));
    const hint = meant === undefined ? 'see farm-email --help' : `did you mean ${meant}?`;
    terminal.stderr.write(`farm-email: there is no command ${visible(name)}; ${hint}\n`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.stdout.write(`${command.usage}\n\n${command.help}\n`);
    return 0;
  }
  return execute(name, command, rest, terminal);
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'farm-email: the outgoing-email settings of a SharePoint Server farm, checked',
    '',
    'usage: farm-email COMMAND [OPTIONS]',
    '       farm-email --version',
    '',
    ...lines,
    '',
    'farm-email COMMAND --help tells more.',
    '',
  ].join('\n');
}
