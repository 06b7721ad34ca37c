import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Account } from './accounts.ts';
import { libraries } from './debian.mjs';
import type { LoginService } from './postfix.ts';
import { type Environment, runProgram, serverFolder, unpacked } from './program.ts';

export interface CyrusWish {
  readonly users: readonly Account[];
  /** As Cyrus SASL writes them. Default: LOGIN. */
  readonly mechanisms?: readonly string[];
  /** For GSSAPI. */
  readonly kerberos?: { readonly env: Environment; readonly keytab: string };
  /** More of smtpd.conf. */
  readonly settings?: readonly string[];
  readonly env?: Environment;
}

export interface Cyrus {
  readonly logins: LoginService;
  stop(): void;
}

/** The Cyrus SASL library inside Postfix, with a database of its own for users and passwords. */
export async function makeCyrus(wish: CyrusWish): Promise<Cyrus> {
  const folder = serverFolder('cyrus');
  const database = path.join(folder, 'sasldb2');
  for (const { name, password } of wish.users) {
    await runProgram(unpacked('usr/sbin/saslpasswd2'), ['-p', '-c', '-f', database, '-u', realm, name], {
      folder,
      env,
      input: password,
    });
  }
  const configuration = [
    'pwcheck_method: auxprop',
    'auxprop_plugin: sasldb',
    `sasldb_path: ${database}`,
    `mech_list: ${(wish.mechanisms ?? ['LOGIN']).join(' ')}`,
    'log_level: 7',
    ...(wish.kerberos ? [`keytab: ${wish.kerberos.keytab}`] : []),
    ...(wish.settings ?? []),
  ];
  return {
    logins: {
      settings: {
        smtpd_sasl_type: 'cyrus',
        smtpd_sasl_path: 'smtpd',
        // Empty: else every user name gets it as its end.
        smtpd_sasl_local_domain: '',
        smtpd_sasl_security_options: 'noanonymous',
      },
      files: { 'sasl/smtpd.conf': configuration },
      env: { ...env, ...wish.kerberos?.env, ...wish.env },
    },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const realm = 'mail.test';
const env = { SASL_PATH: path.join(libraries(), 'sasl2') };
