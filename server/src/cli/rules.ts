import { rulePage } from '../report/rule-page.ts';
import { rules } from '../rules/registry.ts';
import { nearest } from '../schema/nearest.ts';
import { type Command, UsageError } from './command.ts';

export const rulesCommand: Command = {
  usage: 'farm-email rules [ID]',
  summary: 'the rules; with an id the page of one rule',
  help: 'Lists every rule with its severity, or prints the page of one rule as Markdown.',

  options: {},
  operands: 'rules',

  async run([id, ...rest], { stdout }) {
    if (rest.length > 0) throw new UsageError('one rule at a time');
    if (id === undefined) {
      const width = Math.max(...rules.map((rule) => rule.id.length));
      for (const rule of rules) stdout.write(`${rule.id.padEnd(width)}  ${rule.severity.padEnd(11)}  ${rule.title}\n`);
      return 0;
    }
    const rule = rules.find((each) => each.id === id);
    if (rule === undefined) {
      const meant = nearest(
        id,
        rules.map((each) => each.id),
      );
      throw new UsageError(`there is no rule ${id}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
    }
    stdout.write(rulePage(rule));
    return 0;
  },
};
