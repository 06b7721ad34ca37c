import { parseArgs } from 'node:util';
import { defaultInboxFolder, startInbox } from '../inbox/inbox.ts';
import { type Command, type CommandOptions, UsageError } from './command.ts';

const inboxOptions = { port: { type: 'string', default: '1025' } } as const satisfies CommandOptions;

export const inbox: Command = {
  usage: 'farm-email inbox [--port PORT]',
  summary: 'a mail server on this computer that keeps what it receives',
  help: `Listens on 127.0.0.1 until Ctrl+C, offers STARTTLS and takes any login. What it receives it keeps as .eml files
and delivers to nobody. Test emails sent by the route "Local inbox" arrive here.

  --port PORT    1025 by default; 0 takes any that is free`,

  options: inboxOptions,
  operands: undefined,

  async run(args, terminal) {
    const { stdout, stderr, env } = terminal;
    const { values } = parseArgs({ args: [...args], options: inboxOptions });
    if (!/^\d{1,5}$/.test(values.port)) throw new UsageError(`--port must be a number, not ${values.port}`);
    const folder = defaultInboxFolder(env, process.platform);
    const clock = { date: () => new Date() };
    const started = await startInbox({ host: '127.0.0.1', port: Number(values.port), folder, clock });
    if (started.kind === 'refused') {
      stderr.write(`farm-email inbox: ${started.reason}\n`);
      return 2;
    }
    const { host, port } = started.inbox;
    if (started.kind === 'alreadyRunning') {
      stderr.write(`An inbox is listening on ${host}:${port} already; it keeps its messages in ${folder}\n`);
      return 0;
    }
    const stopped = new Promise<void>((resolve) => {
      terminal.once('SIGINT', resolve);
      terminal.once('SIGTERM', resolve);
    });
    started.inbox.onMessage(({ from, to, file }) =>
      stdout.write(`received from ${from} to ${to.join(', ')}: ${file}\n`),
    );
    stdout.write(`listening on ${host}:${port}, messages are kept in ${folder}; Ctrl+C ends it\n`);
    await stopped;
    await started.inbox.stop();
    return 0;
  },
};
