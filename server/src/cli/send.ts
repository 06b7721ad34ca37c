import { parseArgs } from 'node:util';
import { defaultInboxFolder, findInbox } from '../inbox/inbox.ts';
import { type Destination, prepare, recipientRefusal, send as sendTestEmail } from '../node/test-email.ts';
import { type Command, type CommandOptions, RefusalError, type Terminal, UsageError } from './command.ts';
import { refusePasswordArgument } from './passwords.ts';
import { runTest } from './test-run.ts';
import { addressOption, subjectOf, testOptions, testOptionsHelp } from './test-subject.ts';

const sendOptions = {
  ...testOptions,
  to: { type: 'string' },
  yes: { type: 'boolean', default: false },
  route: { type: 'string', default: 'configured', words: ['configured', 'inbox'] },
  'allow-ci': { type: 'boolean', default: false },
} as const satisfies CommandOptions;

export const send: Command = {
  usage: 'farm-email send FILE --to ADDRESS --yes [--farm | --web-application URL] [--json | --markdown] [OPTIONS]',
  summary: 'send one test email as SharePoint would, and show the whole conversation',
  help: `Sends one test email from this computer with the settings in force, and reports every step, the SMTP conversation,
and what it means for SharePoint. The plan is shown on standard error first; without --yes that is all that happens.
"-" reads the file from standard input.

  --to ADDRESS             the one recipient; where the file states testEmail.allowedRecipientDomains, in one of those
  --yes                    send it
  --route inbox            to the inbox on this computer (farm-email inbox) instead of the server of the settings
  --allow-ci               send although the environment variable CI is set
${testOptionsHelp}

Exit status: 0 the server accepted the mail, 1 it did not or nobody knows, 2 nothing was tried (wrong use, no --yes, a
refusal of ours), 3 our own failure. Ctrl+C cancels.`,

  options: sendOptions,
  operands: 'file',

  async run(args, terminal) {
    refusePasswordArgument(args);
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: sendOptions });
    const to = addressOption('--to', values.to);
    if (to === undefined) throw new UsageError('--to ADDRESS is wanted: the one recipient of the test email');
    const isInbox = isInboxRoute(values.route);
    const subject = await subjectOf(values, positionals, terminal);
    const destination = isInbox ? await inboxOf(terminal) : { kind: 'asConfigured' as const };
    const { analysis, scope } = subject;
    const prepared = prepare(analysis, scope, destination);
    const refusal = prepared.kind === 'refused' ? prepared.reason : recipientRefusal(analysis, destination, to);
    if (prepared.kind === 'refused' || refusal !== undefined) throw new RefusalError(refusal ?? '');
    const { plan } = prepared;
    const missing = [
      ...(values.yes ? [] : ['Add --yes to send exactly this.']),
      ...(values['allow-ci'] || !isInCi(terminal)
        ? []
        : ['CI is set, and a build is not to send mail by mistake; add --allow-ci where it is to.']),
    ];
    return runTest(
      {
        subject,
        plan,
        to,
        recipient: 'option',
        missing,
        carryOut: (order) => sendTestEmail({ ...order, plan, destination, to }),
      },
      terminal,
    );
  },
};

function isInboxRoute(route: string): boolean {
  if (route === 'inbox' || route === 'configured') return route === 'inbox';
  throw new UsageError('--route must be inbox or configured');
}

async function inboxOf({ env }: Terminal): Promise<Destination> {
  const inbox = await findInbox(defaultInboxFolder(env, process.platform));
  if (inbox !== undefined) return { kind: 'localInbox', inbox };
  throw new RefusalError('no inbox runs on this computer. Start it with farm-email inbox in another terminal.');
}

/** As build services set it; some people set it to `false` where they are none. */
function isInCi({ env: { CI = '' } }: Terminal): boolean {
  return !['', '0', 'false'].includes(CI.toLowerCase());
}
