import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { type Account, gid, isRoot, uid } from './accounts.ts';
import { modulesFolder } from './debian.mjs';
import type { LoginService } from './postfix.ts';
import { debian, type Environment, logFile, serverFolder, startProgram, unpacked, write } from './program.ts';

export interface DovecotWish {
  readonly users: readonly Account[];
  /** As Dovecot writes them. Default: login. */
  readonly mechanisms?: readonly string[];
  /** For gssapi. */
  readonly kerberos?: { readonly env: Environment; readonly keytab: string };
  /** More of dovecot.conf. */
  readonly settings?: readonly string[];
  readonly env?: Environment;
}

export interface Dovecot {
  readonly logins: LoginService;
  log(): string;
  stop(): Promise<void>;
}

/** Dovecot's auth service, which Postfix asks over a socket. */
export async function startDovecot(wish: DovecotWish): Promise<Dovecot> {
  const folder = serverFolder('dovecot', 'run');
  symlinkSync(unpacked('usr/lib/dovecot/modules/auth'), path.join(folder, 'run', modulesFolder));
  const log = logFile(path.join(folder, 'log'));
  const env = { ...wish.kerberos?.env, ...wish.env };
  const config = write(folder, 'dovecot.conf', configuration(folder, wish, Object.keys(env)));
  const socket = path.join(folder, 'run', 'auth-client');
  const program = await startProgram(unpacked('usr/bin/doveconf'), {
    name: 'Dovecot',
    folder,
    // What dovecot would do itself, with the doveconf it expects in /usr/bin.
    args: [
      ...['-f', 'service=master', '-c', config, '-m', 'master', '-p'],
      ...['-e', unpacked('usr/sbin/dovecot'), '-F', '-c', config],
    ],
    env,
    isReady: async () => log().includes('starting up'),
    log,
  });
  return {
    logins: { settings: { smtpd_sasl_type: 'dovecot', smtpd_sasl_path: socket }, env: {} },
    log: () => log() + program.output(),
    async stop() {
      log();
      await program.stop();
    },
  };
}

function configuration(folder: string, wish: DovecotWish, environment: readonly string[]): readonly string[] {
  // It escapes the name before it looks it up.
  const users = wish.users.map(({ name, password }) => `${name.replaceAll('\\', '\\\\')}:{PLAIN}${password}`);
  const { username } = userInfo();
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  return [
    `base_dir = ${folder}/run`,
    `state_dir = ${folder}/run`,
    `log_path = ${folder}/log`,
    'auth_debug = yes',
    `libexec_dir = ${debian}/usr/lib/dovecot`,
    `mail_plugin_dir = ${debian}/usr/lib/dovecot/modules`,
    `default_internal_user = ${username}`,
    `default_internal_group = ${group}`,
    // It may not be root, and no login process runs.
    `default_login_user = ${isRoot ? 'nobody' : username}`,
    `import_environment = TZ LD_LIBRARY_PATH ${environment.join(' ')}`,
    'protocols =',
    'ssl = no',
    'disable_plaintext_auth = no',
    `auth_mechanisms = ${(wish.mechanisms ?? ['login']).join(' ')}`,
    // Any character: DOMAIN\user has a backslash.
    'auth_username_chars =',
    'auth_username_format = %u',
    'auth_failure_delay = 0',
    ...(wish.kerberos ? ['auth_gssapi_hostname = "$ALL"', `auth_krb5_keytab = ${wish.kerberos.keytab}`] : []),
    'passdb {',
    '  driver = passwd-file',
    `  args = ${write(folder, 'users', users)}`,
    '}',
    'userdb {',
    '  driver = static',
    `  args = uid=${uid} gid=${gid} home=${folder}`,
    '}',
    ...['auth', 'anvil', 'stats'].map((name) => `service ${name} {\n  chroot =\n}`),
    'service auth {',
    '  unix_listener auth-client {',
    '    mode = 0600',
    '  }',
    '}',
    ...(wish.settings ?? []),
  ];
}
