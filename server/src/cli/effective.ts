import { analyse, noSurroundings, settingsOf } from '../analysis.ts';
import { shownValue } from '../ide/effective.ts';
import { scopesOf } from '../ide/scopes.ts';
import { settingNames } from '../settings/setting-names.ts';
import { visible } from '../text/visible.ts';
import { type Command, UsageError } from './command.ts';
import { inputs } from './inputs.ts';

export const effective: Command = {
  usage: 'farm-email effective FILE',
  summary: 'the settings in force for the farm and each web application, and where each comes from',
  help: `Prints, for the farm and for each web application, every outgoing-email setting in force and its origin:
the built-in default, the farm, or the web application itself. "-" reads standard input.`,

  async run(args, terminal) {
    const [input, ...others] = args.length === 1 ? await inputs(args, undefined, terminal) : [];
    if (input === undefined || others.length > 0) throw new UsageError('one file is wanted');
    if (input.text === undefined) throw new UsageError(`${input.path} is not UTF-8; save it as UTF-8`);
    const analysis = analyse(input.format, input.text, noSurroundings);
    if (analysis.settings.common.farm === undefined) throw new UsageError(`${input.path} states no farm`);
    for (const { pointer, title } of scopesOf(analysis)) {
      const settings = settingsOf(analysis, pointer);
      if (settings === undefined) continue;
      const rows = settingNames.map((name) => [
        name,
        visible(shownValue(settings[name])),
        originOf(settings[name]?.origin),
      ]);
      const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
      terminal.stdout.write(`${visible(title)}\n`);
      for (const [name = '', value = '', origin = ''] of rows) {
        const line = `  ${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${origin}`;
        terminal.stdout.write(`${line.trimEnd()}\n`);
      }
      terminal.stdout.write('\n');
    }
    return 0;
  },
};

function originOf(origin: string | undefined): string {
  if (origin === undefined) return '';
  return origin === 'webApplication' ? 'web application' : origin;
}
