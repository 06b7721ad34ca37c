import { analyse, noSurroundings } from '../analysis.ts';
import { effectiveText } from '../ide/effective.ts';
import { scopesOf } from '../ide/scopes.ts';
import { visible } from '../text/visible.ts';
import { type Command, UsageError } from './command.ts';
import { inputs } from './inputs.ts';

export const effective: Command = {
  usage: 'farm-email effective FILE',
  summary: 'the settings in force for the farm and each web application, and where each comes from',
  help: `Prints, for the farm and for each web application, every outgoing-email setting in force and its origin:
the built-in default, the farm, or the web application itself. "-" reads standard input.`,

  options: {},
  operands: 'file',

  async run(args, terminal) {
    const [input, ...others] = args.length === 1 ? await inputs(args, undefined, terminal) : [];
    if (input === undefined || others.length > 0) throw new UsageError('one file is wanted');
    const text = await input.read();
    if (text === undefined) throw new UsageError(`${input.path} is not UTF-8; save it as UTF-8`);
    const analysis = analyse(input.format, text, noSurroundings);
    if (analysis.settings.common.farm === undefined) throw new UsageError(`${input.path} states no farm`);
    for (const { pointer, title } of scopesOf(analysis)) {
      terminal.stdout.write(`# ${visible(title)}\n${effectiveText(analysis, pointer) ?? ''}\n`);
    }
    return 0;
  },
};
