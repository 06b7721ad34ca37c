import { parseArgs } from 'node:util';
import { prepare, probe as probeServer } from '../node/test-email.ts';
import { type Command, type CommandOptions, RefusalError } from './command.ts';
import { refusePasswordArgument } from './passwords.ts';
import { recipientNotes, runTest } from './test-run.ts';
import { addressOption, subjectOf, testOptions, testOptionsHelp } from './test-subject.ts';

const destination = { kind: 'asConfigured' } as const;

const probeOptions = {
  ...testOptions,
  'allow-network': { type: 'boolean', default: false },
  to: { type: 'string' },
  outside: { type: 'string' },
  as: { type: 'string' },
  'compare-ports': { type: 'boolean', default: false },
} as const satisfies CommandOptions;

export const probe: Command = {
  usage: 'farm-email probe FILE --allow-network [--farm | --web-application URL] [--json | --markdown] [OPTIONS]',
  summary: 'go through every step of a test email but the mail itself: nothing is delivered',
  help: `Connects from this computer with the settings in force, goes as far as RCPT TO as SharePoint would, and delivers
nothing.
The plan is shown on standard error first; without --allow-network that is all that happens. "-" reads the file from
standard input.

  --allow-network          connect to the mail server
  --to ADDRESS             the recipient that is asked about; else the first of testEmail.to, else the From address
  --outside ADDRESS        also ask whether the server relays to this address elsewhere
  --as ADDRESS             also ask whether it takes mail in the name of this user, as access requests are sent
  --compare-ports          also look at what ports 25 and 587 of the server offer
${testOptionsHelp}

Exit status: 0 the server took every step and nothing found is an error, 1 otherwise, 2 nothing was tried (wrong use, no
--allow-network, a refusal of ours), 3 our own failure. Ctrl+C cancels.`,

  options: probeOptions,
  operands: 'file',

  async run(args, terminal) {
    refusePasswordArgument(args);
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: probeOptions });
    const stated = addressOption('--to', values.to);
    const outsideRecipient = addressOption('--outside', values.outside);
    const otherSender = addressOption('--as', values.as);
    const comparePorts = values['compare-ports'];
    const subject = await subjectOf(values, positionals, terminal);
    const { analysis, scope } = subject;
    const prepared = prepare(analysis, scope, destination, 'probe');
    if (prepared.kind === 'refused') throw new RefusalError(prepared.reason);
    const { plan } = prepared;
    const suggested = analysis.settings.common.testRecipients.find(({ value }) => value !== undefined)?.value;
    const to = stated ?? suggested ?? plan.from;
    const recipient = stated ? 'option' : suggested === undefined ? 'fromAddress' : 'testEmail.to';
    const questions = { outsideRecipient, otherSender, comparePorts };
    const more = [
      ...(outsideRecipient === undefined ? [] : [['Also asks', `whether it relays to ${outsideRecipient}`] as const]),
      ...(otherSender === undefined ? [] : [['Also asks', `whether ${otherSender} may be the sender`] as const]),
      ...(comparePorts ? [['Also looks at', 'ports 25 and 587'] as const] : []),
    ];
    const missing = values['allow-network'] ? [] : ['Add --allow-network to probe exactly this.'];
    return runTest(
      {
        subject,
        plan,
        to,
        recipient,
        more,
        missing,
        carryOut: (order) =>
          probeServer({ ...order, ...questions, plan, destination, to, toNote: recipientNotes[recipient] }),
      },
      terminal,
    );
  },
};
