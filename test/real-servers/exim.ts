import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Identity } from '../servers/authority.ts';
import { freePort } from '../workbench/code-server.mjs';
import { type Account, isRoot, pretend } from './accounts.ts';
import type { Dovecot } from './dovecot.ts';
import { type Mailbox, makeMaildirs } from './maildir.ts';
import { isListening, serverFolder, startProgram, unpacked, write } from './program.ts';

export interface EximWish {
  readonly identity: Identity;
  /** Who may log in with AUTH LOGIN, which is offered after STARTTLS only. */
  readonly users?: readonly Account[];
  /** More mechanisms, which it leaves to Dovecot: as SMTP writes them, e.g. NTLM, GSSAPI. */
  readonly dovecot?: { readonly service: Dovecot; readonly mechanisms: readonly string[] };
  /** Who may log in with Exim's own NTLM, which knows only the first version of it. */
  readonly ntlmV1?: Account;
  /** Local parts that exist at contoso.com. Default: me. */
  readonly mailboxes?: readonly string[];
  /** More of the main part of the configuration. */
  readonly settings?: readonly string[];
}

export interface Exim {
  readonly port: number;
  /** Of a local part of contoso.com. */
  mailbox(localPart: string): Mailbox;
  log(): string;
  stop(): Promise<void>;
}

/**
 * Exim on a port of 127.0.0.1: mail for contoso.com from anybody, for other domains (which it throws away) after a login
 * only (550 relay not permitted).
 */
export async function startExim(wish: EximWish): Promise<Exim> {
  const folder = serverFolder('exim', 'spool');
  const port = await freePort();
  const mailboxes = wish.mailboxes ?? ['me'];
  const mailbox = makeMaildirs(path.join(folder, 'mail'), mailboxes);
  // It takes a configuration from root, or from its own user and then without more rights.
  const env = pretend(folder, { users: ['Debian-exim'], root: isRoot });
  const config = write(folder, 'exim.conf', [
    ...surroundings(folder, port, Object.keys(env)),
    ...acceptance(folder, mailboxes, wish),
    ...delivery(folder, mailboxes),
    'begin authenticators',
    ...authenticators(folder, wish),
  ]);
  const { log, stop } = await startProgram(unpacked('usr/sbin/exim4'), {
    name: 'Exim',
    folder,
    args: ['-C', config, '-bdf'],
    env,
    logFile: path.join(folder, 'log-main'),
    isReady: () => isListening(port),
  });
  return { port, mailbox, log, stop };
}

function surroundings(folder: string, port: number, environment: readonly string[]): readonly string[] {
  return [
    `keep_environment = ${['LD_LIBRARY_PATH', 'TZ', ...environment].join(' : ')}`,
    `exim_path = ${unpacked('usr/sbin/exim4')}`,
    `spool_directory = ${folder}/spool`,
    `log_file_path = ${folder}/log-%s`,
    `pid_file_path = ${folder}/pid`,
    'deliver_drop_privilege = true',
    'primary_hostname = mail.test',
    'local_interfaces = 127.0.0.1',
    `daemon_smtp_ports = ${port}`,
    'host_lookup =',
  ];
}

function acceptance(folder: string, mailboxes: readonly string[], wish: EximWish): readonly string[] {
  return [
    'domainlist local_domains = contoso.com',
    'acl_smtp_rcpt = recipient',
    'tls_advertise_hosts = *',
    `tls_certificate = ${write(folder, 'chain.pem', [wish.identity.cert, wish.identity.key])}`,
    'auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}',
    ...(wish.settings ?? []),
    'begin acl',
    'recipient:',
    '  accept authenticated = *',
    '  require message = relay not permitted',
    '    domains = +local_domains',
    `  accept local_parts = ${mailboxes.join(' : ')}`,
    '  deny message = Unknown user',
  ];
}

function delivery(folder: string, mailboxes: readonly string[]): readonly string[] {
  return [
    'begin routers',
    'here:',
    '  driver = accept',
    '  domains = +local_domains',
    `  local_parts = ${mailboxes.join(' : ')}`,
    '  transport = maildir',
    'elsewhere:',
    '  driver = redirect',
    '  data = :blackhole:',
    'begin transports',
    'maildir:',
    '  driver = appendfile',
    '  maildir_format',
    `  directory = ${folder}/mail/$local_part_data`,
    '  user = Debian-exim',
    '  group = Debian-exim',
  ];
}

function authenticators(folder: string, { users, dovecot, ntlmV1 }: EximWish): readonly string[] {
  // Hashes, so that no character of a password has a meaning.
  const passwords = (users ?? []).map(
    ({ name, password }) =>
      `"${name.replaceAll('\\', '\\\\')}": {sha1}${createHash('sha1').update(password).digest('hex')}`,
  );
  const password = `\${lookup{$auth1}lsearch{${write(folder, 'users', passwords)}}{$value}fail}`;
  return [
    ...(users
      ? [
          'login:',
          '  driver = plaintext',
          '  public_name = LOGIN',
          '  server_prompts = User Name : Password',
          `  server_condition = \${if crypteq{$auth2}{${password}}}`,
          '  server_set_id = $auth1',
        ]
      : []),
    ...(dovecot?.mechanisms ?? []).flatMap((mechanism) => [
      `dovecot_${mechanism.toLowerCase().replaceAll('-', '_')}:`,
      '  driver = dovecot',
      `  public_name = ${mechanism}`,
      `  server_socket = ${dovecot?.service.socket}`,
      '  server_set_id = $auth1',
    ]),
    ...(ntlmV1
      ? [
          'spa:',
          '  driver = spa',
          '  public_name = NTLM',
          `  server_password = \${if eqi{$auth1}{${ntlmV1.name}}{${ntlmV1.password}}fail}`,
          '  server_set_id = $auth1',
        ]
      : []),
  ];
}
