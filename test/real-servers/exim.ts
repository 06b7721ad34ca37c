import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Identity } from '../servers/authority.ts';
import { freePort } from '../workbench/code-server.mjs';
import type { Account } from './accounts.ts';
import { accounts, isRoot } from './accounts.ts';
import { type Maildir, makeMaildir } from './maildir.ts';
import { isListening, logFile, serverFolder, startProgram, unpacked, write } from './program.ts';

export interface EximWish {
  readonly identity: Identity;
  /** Who may log in, with AUTH LOGIN, after STARTTLS. */
  readonly users?: readonly Account[];
  /** Local parts that exist at contoso.com. Default: me. */
  readonly mailboxes?: readonly string[];
  /** More of the main part of the configuration. */
  readonly settings?: readonly string[];
}

export interface Exim {
  readonly port: number;
  mailbox(localPart: string): Maildir;
  log(): string;
  stop(): Promise<void>;
}

/** Exim on a port of 127.0.0.1: mail for contoso.com from anybody, for other domains only after a login. */
export async function startExim(wish: EximWish): Promise<Exim> {
  const folder = serverFolder('exim', 'spool', 'log', 'mail');
  const port = await freePort();
  const names = wish.mailboxes ?? ['me'];
  const mailboxes = new Map(names.map((name) => [name, makeMaildir(path.join(folder, 'mail', name))]));
  // Who is root may give Exim a configuration only if it stays root, and who is not only if it is Exim's own user.
  const env = accounts(folder, { users: ['Debian-exim'], groups: [] }, isRoot);
  const config = write(folder, 'exim.conf', configuration(folder, port, names, wish, Object.keys(env)), 0o644);
  const log = logFile(path.join(folder, 'log', 'main'));
  const program = await startProgram(unpacked('usr/sbin/exim4'), {
    name: 'Exim',
    folder,
    args: ['-C', config, '-bdf'],
    env,
    isReady: () => isListening(port),
    log,
  });
  return {
    port,
    mailbox(localPart) {
      const found = mailboxes.get(localPart);
      if (found === undefined) throw new Error(`This Exim has no mailbox ${localPart}.`);
      return found;
    },
    log: () => log() + program.output(),
    async stop() {
      log();
      await program.stop();
    },
  };
}

function configuration(
  folder: string,
  port: number,
  mailboxes: readonly string[],
  wish: EximWish,
  environment: readonly string[],
): readonly string[] {
  const users = (wish.users ?? []).map(
    ({ name, password }) =>
      `"${name.replaceAll('\\', '\\\\')}": {sha1}${createHash('sha1').update(password).digest('hex')}`,
  );
  return [
    `keep_environment = ${['LD_LIBRARY_PATH', 'TZ', ...environment].join(' : ')}`,
    `exim_path = ${unpacked('usr/sbin/exim4')}`,
    `spool_directory = ${folder}/spool`,
    `log_file_path = ${folder}/log/%s`,
    `pid_file_path = ${folder}/pid`,
    'primary_hostname = mail.test',
    'domainlist local_domains = contoso.com',
    `daemon_smtp_ports = ${port}`,
    'local_interfaces = 127.0.0.1',
    'acl_smtp_rcpt = recipient',
    'deliver_drop_privilege = true',
    'host_lookup =',
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
    `  directory = ${folder}/mail/\${local_part_data}`,
    '  user = Debian-exim',
    '  group = Debian-exim',
    'begin authenticators',
    'login:',
    '  driver = plaintext',
    '  public_name = LOGIN',
    '  server_prompts = User Name : Password',
    `  server_condition = \${if crypteq{$auth2}{\${lookup{$auth1}lsearch{${write(folder, 'users', users)}}{$value}fail}}}`,
    '  server_set_id = $auth1',
  ];
}
