import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { type Account, gid, isRoot, uid } from './accounts.ts';
import { debian, modulesFolder } from './debian.mjs';
import type { Kerberos } from './kerberos.ts';
import { writeNtlmAuth } from './ntlm-auth.ts';
import type { LoginService } from './postfix.ts';
import { serverFolder, startProgram, unpacked, write } from './program.ts';

export interface DovecotWish {
  /** For login and plain. */
  readonly users?: readonly Account[];
  /** As Dovecot writes them, e.g. login, ntlm, gssapi, gss-spnego. */
  readonly mechanisms: readonly string[];
  /** For gssapi: accepts every service that has a key in the keytab. The user is `name@REALM` then. */
  readonly kerberos?: Kerberos;
  /** For ntlm: the one account that may log in so, `DOMAIN\user`. The user is `user@DOMAIN` then. */
  readonly ntlm?: Account;
  /** More of dovecot.conf. */
  readonly settings?: readonly string[];
}

export interface Dovecot {
  readonly logins: LoginService;
  /** Path of the socket on which its auth service is asked. */
  readonly socket: string;
  log(): string;
  stop(): Promise<void>;
}

/** Dovecot with its auth service and nothing else. */
export async function startDovecot(wish: DovecotWish): Promise<Dovecot> {
  const folder = serverFolder('dovecot', 'run');
  const socket = path.join(folder, 'run', 'auth-client');
  const logFile = path.join(folder, 'log');
  symlinkSync(unpacked('usr/lib/dovecot/modules/auth'), path.join(folder, 'run', modulesFolder));
  const config = write(folder, 'dovecot.conf', configuration(folder, wish));
  const { log, stop } = await startProgram(unpacked('usr/bin/doveconf'), {
    name: 'Dovecot',
    folder,
    // As dovecot would start it itself, from /usr/bin.
    args: [
      ...['-f', 'service=master', '-c', config, '-m', 'master', '-p'],
      ...['-e', unpacked('usr/sbin/dovecot'), '-F', '-c', config],
    ],
    env: { ...wish.kerberos?.env },
    logFile,
    isReady: () => existsSync(socket),
  });
  const settings = { smtpd_sasl_type: 'dovecot', smtpd_sasl_path: socket };
  return { logins: { prepare: async () => ({ settings }) }, socket, log, stop };
}

function configuration(folder: string, wish: DovecotWish): readonly string[] {
  const { username } = userInfo();
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  // It looks a name up with its backslashes doubled.
  const users = (wish.users ?? []).map(({ name, password }) => `${name.replaceAll('\\', '\\\\')}:{PLAIN}${password}`);
  return [
    `base_dir = ${folder}/run`,
    `state_dir = ${folder}/run`,
    `log_path = ${folder}/log`,
    `libexec_dir = ${debian}/usr/lib/dovecot`,
    `mail_plugin_dir = ${debian}/usr/lib/dovecot/modules`,
    `import_environment = TZ LD_LIBRARY_PATH ${Object.keys(wish.kerberos?.env ?? {}).join(' ')}`,
    `default_internal_user = ${username}`,
    `default_internal_group = ${group}`,
    // It may not be root, and none is started.
    `default_login_user = ${isRoot ? 'nobody' : username}`,
    'protocols =',
    'ssl = no',
    'disable_plaintext_auth = no',
    `auth_mechanisms = ${wish.mechanisms.join(' ')}`,
    // Any character, as it is typed: DOMAIN\user has a backslash.
    'auth_username_chars =',
    'auth_username_format = %u',
    'auth_failure_delay = 0',
    'auth_debug = yes',
    ...(wish.kerberos ? ['auth_gssapi_hostname = "$ALL"', `auth_krb5_keytab = ${wish.kerberos.keytab}`] : []),
    ...(wish.ntlm ? ['auth_use_winbind = yes', `auth_winbind_helper_path = ${writeNtlmAuth(folder, wish.ntlm)}`] : []),
    `passdb {\n  driver = passwd-file\n  args = ${write(folder, 'users', users)}\n}`,
    `userdb {\n  driver = static\n  args = uid=${uid} gid=${gid} home=${folder}\n}`,
    'service auth {\n  unix_listener auth-client {\n    mode = 0600\n  }\n}',
    // A failed login would make the next ones wait for seconds.
    'service anvil {\n  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}',
    ...['auth', 'anvil', 'stats'].map((name) => `service ${name} {\n  chroot =\n}`),
    ...(wish.settings ?? []),
  ];
}
