import path from 'node:path';
import type { Authority, Identity } from '../servers/authority.ts';
import { freePort } from '../workbench/code-server.mjs';
import { accounts, gid, uid } from './accounts.ts';
import { type Maildir, makeMaildir } from './maildir.ts';
import { debian, type Environment, logFile, serverFolder, startProgram, unpacked, write } from './program.ts';

/** Who checks the logins for Postfix. */
export interface LoginService {
  /** What main.cf says about it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Files beside main.cf. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  readonly env: Environment;
}

export interface PostfixWish {
  readonly identity: Identity;
  /** Who checks logins on the submission port; without it there are none. */
  readonly logins?: LoginService;
  /** Local parts that exist at contoso.com. Default: me. */
  readonly mailboxes?: readonly string[];
  /** The login that owns a sender's address; another login may not use it. */
  readonly owners?: Readonly<Record<string, string>>;
  /** STARTTLS is offered, or without it nothing is accepted (530 5.7.0). Default: offered. */
  readonly tls?: 'offered' | 'wanted';
  /** Clients are asked for a certificate of this authority, or have to have one. */
  readonly clientCertificates?: { readonly authority: Authority; readonly wanted: boolean };
  /** Bytes; default 10,000,000. */
  readonly messageSizeLimit?: number;
  /** An answer instead of the usual one for a recipient, e.g. `450 4.2.0 Greylisted`. */
  readonly recipientAnswers?: Readonly<Record<string, string>>;
  /** Whether the port that is like 25 takes mail for any domain from this computer (and throws it away). */
  readonly relays?: boolean;
  /** More of main.cf. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Postfix {
  /** Like port 25: mail for contoso.com from anybody, no login. */
  readonly port: number;
  /** Like port 587: nothing without a login, and logins only after STARTTLS. */
  readonly submissionPort: number;
  /** What was delivered to a local part of contoso.com. */
  mailbox(localPart: string): Maildir;
  log(): string;
  stop(): Promise<void>;
}

const queues = ['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'saved', 'trace'];

/** Postfix on two ports of 127.0.0.1, as whoever runs the test, believing that it is root. */
export async function startPostfix(wish: PostfixWish): Promise<Postfix> {
  const folder = serverFolder(
    'postfix',
    'etc/sasl',
    'data',
    ...['pid', 'public', 'private', 'maildrop', ...queues].map((name) => `spool/${name}`),
  );
  const port = await freePort();
  const submissionPort = await freePort();
  const mailboxes = new Map(
    (wish.mailboxes ?? ['me']).map((name) => [name, makeMaildir(path.join(folder, 'mail', name))]),
  );
  const own = accounts(folder, { users: ['postfix'], groups: ['postdrop'] }, true);
  const env = { ...own, ...wish.logins?.env, MAIL_CONFIG: path.join(folder, 'etc') };
  const settings = { ...mainSettings(folder, wish, Object.keys(env)), ...wish.logins?.settings, ...wish.settings };
  write(
    folder,
    'etc/main.cf',
    Object.entries(settings).map(([name, value]) => `${name} = ${value}`),
    0o644,
  );
  write(folder, 'etc/master.cf', services(port, submissionPort, wish), 0o644);
  for (const [name, lines] of Object.entries(wish.logins?.files ?? {})) write(folder, `etc/${name}`, lines, 0o644);
  const log = logFile(path.join(folder, 'log'));
  const program = await startProgram(unpacked('usr/lib/postfix/sbin/master'), {
    name: 'Postfix',
    folder,
    args: ['-c', path.join(folder, 'etc'), '-d'],
    env,
    isReady: async () => log().includes('daemon started'),
    log,
  });
  return {
    port,
    submissionPort,
    mailbox(localPart) {
      const found = mailboxes.get(localPart);
      if (found === undefined) throw new Error(`This Postfix has no mailbox ${localPart}.`);
      return found;
    },
    log: () => log() + program.output(),
    async stop() {
      log();
      await program.stop();
    },
  };
}

function mainSettings(folder: string, wish: PostfixWish, environment: readonly string[]): Record<string, string> {
  const inside = (name: string) => path.join(folder, name);
  const table = (name: string, entries: Readonly<Record<string, string>>) =>
    `texthash:${write(
      folder,
      name,
      Object.entries(entries).map(([key, value]) => `${key} ${value}`),
      0o644,
    )}`;
  const mailboxes = Object.fromEntries((wish.mailboxes ?? ['me']).map((name) => [`${name}@contoso.com`, `${name}/`]));
  const certificates = wish.clientCertificates;
  return {
    compatibility_level: '3.6',
    queue_directory: inside('spool'),
    data_directory: inside('data'),
    daemon_directory: path.join(debian, 'usr/lib/postfix/sbin'),
    command_directory: path.join(debian, 'usr/sbin'),
    meta_directory: path.join(debian, 'etc/postfix'),
    shlib_directory: 'no',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    default_privs: 'nobody',
    import_environment: [
      'MAIL_CONFIG',
      'TZ',
      'LANG',
      'LD_LIBRARY_PATH',
      'POSTLOG_SERVICE',
      'POSTLOG_HOSTNAME',
      ...environment,
    ].join(' '),
    maillog_file: inside('log'),
    maillog_file_prefixes: folder,
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    myhostname: 'mail.test',
    mydestination: '',
    alias_maps: '',
    local_recipient_maps: '',
    // Nobody, unless this computer may relay.
    mynetworks: wish.relays ? '127.0.0.0/8' : '192.0.2.0/24',
    default_transport: 'discard',
    virtual_mailbox_domains: 'contoso.com',
    virtual_mailbox_base: inside('mail'),
    virtual_mailbox_maps: table('mailboxes', mailboxes),
    virtual_minimum_uid: '1',
    virtual_uid_maps: `static:${uid}`,
    virtual_gid_maps: `static:${gid}`,
    message_size_limit: String(wish.messageSizeLimit ?? 10_000_000),
    smtpd_tls_chain_files: write(folder, 'chain.pem', [wish.identity.key, wish.identity.cert]),
    smtpd_tls_security_level: wish.tls === 'wanted' ? 'encrypt' : 'may',
    smtpd_tls_auth_only: 'yes',
    smtpd_tls_loglevel: '1',
    ...(certificates
      ? {
          smtpd_tls_CAfile: write(folder, 'clients.pem', [certificates.authority.certificate]),
          [certificates.wanted ? 'smtpd_tls_req_ccert' : 'smtpd_tls_ask_ccert']: 'yes',
          smtpd_tls_received_header: 'yes',
        }
      : {}),
    smtpd_sender_login_maps: table('owners', wish.owners ?? {}),
    smtpd_recipient_restrictions: `check_recipient_access ${table('answers', wish.recipientAnswers ?? {})}`,
  };
}

function services(port: number, submissionPort: number, wish: PostfixWish): readonly string[] {
  const internal = (name: string, type: string, wakeUp: string, limit: string, program = name) =>
    `${name} ${type} ${type === 'unix' && ['showq'].includes(name) ? 'n' : '-'} - n ${wakeUp} ${limit} ${program}`;
  return [
    'postlog unix-dgram n - n - 1 postlogd',
    `127.0.0.1:${port} inet n - n - - smtpd`,
    '  -o smtpd_relay_restrictions=permit_mynetworks,reject_unauth_destination',
    `127.0.0.1:${submissionPort} inet n - n - - smtpd`,
    `  -o smtpd_sasl_auth_enable=${wish.logins ? 'yes' : 'no'}`,
    '  -o smtpd_sender_restrictions=reject_sender_login_mismatch',
    '  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject',
    internal('pickup', 'unix', '60', '1').replace(' - - n', ' n - n'),
    internal('cleanup', 'unix', '-', '0').replace(' - - n', ' n - n'),
    internal('qmgr', 'unix', '300', '1').replace(' - - n', ' n - n'),
    internal('tlsmgr', 'unix', '1000?', '1'),
    internal('rewrite', 'unix', '-', '-', 'trivial-rewrite'),
    internal('bounce', 'unix', '-', '0'),
    internal('defer', 'unix', '-', '0', 'bounce'),
    internal('trace', 'unix', '-', '0', 'bounce'),
    internal('proxymap', 'unix', '-', '-'),
    internal('error', 'unix', '-', '-'),
    internal('retry', 'unix', '-', '-', 'error'),
    internal('discard', 'unix', '-', '-'),
    'virtual unix - n n - - virtual',
    internal('anvil', 'unix', '-', '1'),
  ];
}
