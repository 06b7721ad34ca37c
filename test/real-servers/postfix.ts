import path from 'node:path';
import type { Authority, Identity } from '../servers/authority.ts';
import { freePort } from '../workbench/code-server.mjs';
import { gid, pretend, uid } from './accounts.ts';
import { debian } from './debian.mjs';
import { type Mailbox, makeMaildirs } from './maildir.ts';
import { type Environment, serverFolder, startProgram, unpacked, write } from './program.ts';

/** Who checks the logins for Postfix. */
export interface LoginService {
  /** Writes what it needs to the folder of main.cf. */
  prepare(folder: string, hostName: string): Promise<LoginSettings>;
}

export interface LoginSettings {
  /** What main.cf says about it. */
  readonly settings: Readonly<Record<string, string>>;
  /** What its library has to know inside Postfix. */
  readonly env?: Environment;
}

export interface PostfixWish {
  readonly identity: Identity;
  /** Who checks logins on the submission port; without it there are none. */
  readonly logins?: LoginService;
  /** Local parts that exist at contoso.com. Default: me. */
  readonly mailboxes?: readonly string[];
  /** The logins that may use a sender's address; with another one the sender is refused (553 5.7.1). */
  readonly owners?: Readonly<Record<string, readonly string[]>>;
  /** STARTTLS is offered, or without it nothing is accepted (530 5.7.0). Default: offered. */
  readonly tls?: 'offered' | 'wanted';
  /** Clients are asked for a certificate of this authority, or have to have one, and then TLS is wanted as well. */
  readonly clientCertificates?: { readonly authority: Authority; readonly wanted: boolean };
  /** Bytes (552 5.3.4). Default: 10,000,000. */
  readonly messageSizeLimit?: number;
  /** Answers to recipients, e.g. `450 4.2.0 Greylisted`. */
  readonly recipientAnswers?: Readonly<Record<string, string>>;
  /** Whether the port that is like 25 takes mail for any domain from this computer, and throws it away. */
  readonly relays?: boolean;
  /** Its name in the greeting; with Cyrus SASL its Kerberos service is smtp/<name>. Default: mail.test. */
  readonly hostName?: string;
  /** More of main.cf. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Postfix {
  /** Like port 25: no login; mail for contoso.com only (554 5.7.1). */
  readonly port: number;
  /** Like port 587: nothing without a login (554 5.7.1), and logins only after STARTTLS. */
  readonly submissionPort: number;
  /** Of a local part of contoso.com. */
  mailbox(localPart: string): Mailbox;
  log(): string;
  stop(): Promise<void>;
}

/** Postfix on two ports of 127.0.0.1. Nothing leaves this computer: no program that could send is started. */
export async function startPostfix(wish: PostfixWish): Promise<Postfix> {
  const folder = serverFolder('postfix', 'etc/sasl', 'data', ...queues.map((name) => `spool/${name}`));
  const etc = path.join(folder, 'etc');
  const port = await freePort();
  const submissionPort = await freePort();
  const mailboxes = wish.mailboxes ?? ['me'];
  const mailbox = makeMaildirs(path.join(folder, 'mail'), mailboxes);
  const logins = await wish.logins?.prepare(etc, hostNameOf(wish));
  // Its master program runs as root only.
  const accounts = pretend(folder, { users: ['postfix'], groups: ['postdrop'], root: true });
  const env = { ...accounts, ...logins?.env, MAIL_CONFIG: etc };
  const settings = {
    ...surroundings(folder, Object.keys(env)),
    ...domains(folder, mailboxes, wish),
    ...acceptance(folder, wish),
    ...logins?.settings,
    ...wish.settings,
  };
  writeTable(etc, 'main.cf', settings, ' = ');
  write(etc, 'master.cf', services(port, submissionPort, wish.logins !== undefined));
  const { log, stop } = await startProgram(unpacked('usr/lib/postfix/sbin/master'), {
    name: 'Postfix',
    folder,
    args: ['-c', etc, '-d'],
    env,
    logFile: path.join(folder, 'log'),
    isReady: (text) => text.includes('daemon started'),
  });
  return { port, submissionPort, mailbox, log, stop };
}

const queues = [
  ...['pid', 'public', 'private', 'maildrop'],
  ...['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'saved', 'trace'],
];

function hostNameOf(wish: PostfixWish): string {
  return wish.hostName ?? 'mail.test';
}

type Settings = Readonly<Record<string, string>>;

function writeTable(folder: string, name: string, entries: Settings, between = ' '): string {
  const lines = Object.entries(entries).map(([key, value]) => `${key}${between}${value}`);
  return `texthash:${write(folder, name, lines)}`;
}

/** Where its programs and files are. */
function surroundings(folder: string, environment: readonly string[]): Settings {
  return {
    compatibility_level: '3.6',
    queue_directory: path.join(folder, 'spool'),
    data_directory: path.join(folder, 'data'),
    daemon_directory: path.join(debian, 'usr/lib/postfix/sbin'),
    command_directory: path.join(debian, 'usr/sbin'),
    meta_directory: path.join(debian, 'etc/postfix'),
    shlib_directory: 'no',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    default_privs: 'nobody',
    import_environment: ['TZ', 'LANG', 'LD_LIBRARY_PATH', 'POSTLOG_SERVICE', ...environment].join(' '),
    maillog_file: path.join(folder, 'log'),
    maillog_file_prefixes: folder,
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
  };
}

function domains(folder: string, mailboxes: readonly string[], wish: PostfixWish): Settings {
  const maildirs = Object.fromEntries(mailboxes.map((name) => [`${name}@contoso.com`, `${name}/`]));
  return {
    myhostname: hostNameOf(wish),
    mydestination: '',
    alias_maps: '',
    local_recipient_maps: '',
    virtual_mailbox_domains: 'contoso.com',
    virtual_mailbox_base: path.join(folder, 'mail'),
    virtual_mailbox_maps: writeTable(folder, 'mailboxes', maildirs),
    virtual_minimum_uid: '1',
    virtual_uid_maps: `static:${uid}`,
    virtual_gid_maps: `static:${gid}`,
    default_transport: 'discard',
    // 192.0.2.0/24 is nobody's.
    mynetworks: wish.relays ? '127.0.0.0/8' : '192.0.2.0/24',
  };
}

/** What it takes from whom. */
function acceptance(folder: string, wish: PostfixWish): Settings {
  const owners = Object.entries(wish.owners ?? {}).map(([address, logins]) => [address, logins.join(',')]);
  const certificates = wish.clientCertificates;
  return {
    message_size_limit: String(wish.messageSizeLimit ?? 10_000_000),
    smtpd_recipient_restrictions: `check_recipient_access ${writeTable(folder, 'answers', wish.recipientAnswers ?? {})}`,
    smtpd_sender_login_maps: writeTable(folder, 'owners', Object.fromEntries(owners)),
    smtpd_sasl_security_options: 'noanonymous',
    smtpd_tls_chain_files: write(folder, 'chain.pem', [wish.identity.key, wish.identity.cert]),
    smtpd_tls_security_level: wish.tls === 'wanted' || certificates?.wanted ? 'encrypt' : 'may',
    smtpd_tls_auth_only: 'yes',
    smtpd_tls_loglevel: '1',
    ...(certificates
      ? {
          smtpd_tls_CAfile: write(folder, 'clients.pem', [certificates.authority.certificate]),
          [certificates.wanted ? 'smtpd_tls_req_ccert' : 'smtpd_tls_ask_ccert']: 'yes',
          smtpd_tls_received_header: 'yes',
        }
      : {}),
  };
}

function services(port: number, submissionPort: number, hasLogins: boolean): readonly string[] {
  return [
    'postlog unix-dgram n - n - 1 postlogd',
    `127.0.0.1:${port} inet n - n - - smtpd`,
    '  -o smtpd_relay_restrictions=permit_mynetworks,reject_unauth_destination',
    `127.0.0.1:${submissionPort} inet n - n - - smtpd`,
    `  -o smtpd_sasl_auth_enable=${hasLogins ? 'yes' : 'no'}`,
    '  -o smtpd_sender_restrictions=reject_sender_login_mismatch',
    '  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject',
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'proxymap unix - - n - - proxymap',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'discard unix - - n - - discard',
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
  ];
}
