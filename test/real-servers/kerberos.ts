import path from 'node:path';
import { freePort } from '../workbench/code-server.mjs';
import type { Account } from './accounts.ts';
import { libraries } from './debian.mjs';
import { type Environment, isListening, runProgram, serverFolder, startProgram, unpacked, write } from './program.ts';

export interface Realm {
  readonly name: string;
  /** For every program that is to use it: where its configuration is. */
  readonly env: Environment;
  /** A new keytab with the keys of these services, e.g. `SMTPSVC/localhost`. */
  keytab(services: readonly string[]): Promise<string>;
  /** Logs a user in; KRB5CCNAME for the ticket. */
  login(account: Account): Promise<string>;
  log(): string;
  stop(): Promise<void>;
}

/** A Kerberos realm CONTOSO.COM with users and services, on a port of 127.0.0.1. */
export async function startRealm(wish: {
  readonly users: readonly Account[];
  readonly services: readonly string[];
}): Promise<Realm> {
  const name = 'CONTOSO.COM';
  const folder = serverFolder('kerberos');
  const port = await freePort();
  const inside = (file: string) => path.join(folder, file);
  const env = {
    KRB5_CONFIG: write(folder, 'krb5.conf', clientConfiguration(name, port)),
    KRB5_KDC_PROFILE: write(folder, 'kdc.conf', serverConfiguration(name, port, folder)),
  };
  const admin = (input: string) =>
    runProgram(unpacked('usr/sbin/kadmin.local'), ['-p', 'admin', '-r', name], { folder, env, input });
  await runProgram(unpacked('usr/sbin/kdb5_util'), ['create', '-s', '-P', 'master', '-r', name], { folder, env });
  await admin(
    [
      ...wish.users.map((user) => `addprinc -pw "${user.password}" ${user.name}`),
      ...wish.services.map((service) => `addprinc -randkey ${service}`),
    ].join('\n'),
  );
  const program = await startProgram(unpacked('usr/sbin/krb5kdc'), {
    name: 'The Kerberos server',
    folder,
    args: ['-n', '-P', inside('pid')],
    env,
    isReady: () => isListening(port),
  });
  let files = 0;
  return {
    name,
    env: { KRB5_CONFIG: env.KRB5_CONFIG },
    async keytab(services) {
      const file = inside(`keytab-${++files}`);
      await admin(`ktadd -norandkey -k ${file} ${services.join(' ')}`);
      return file;
    },
    async login(account) {
      const cache = `FILE:${inside(`tickets-${++files}`)}`;
      await runProgram(unpacked('usr/bin/kinit'), ['-c', cache, account.name], {
        folder,
        env,
        input: `${account.password}\n`,
      });
      return cache;
    },
    log: () => program.output(),
    stop: () => program.stop(),
  };
}

function clientConfiguration(realm: string, port: number): readonly string[] {
  return [
    '[libdefaults]',
    `  default_realm = ${realm}`,
    '  dns_lookup_kdc = false',
    '  dns_lookup_realm = false',
    '  dns_canonicalize_hostname = false',
    '  rdns = false',
    '  udp_preference_limit = 1',
    `  plugin_base_dir = ${libraries()}/krb5/plugins`,
    '[realms]',
    `  ${realm} = {`,
    `    kdc = 127.0.0.1:${port}`,
    '  }',
    '[domain_realm]',
    `  localhost = ${realm}`,
  ];
}

function serverConfiguration(realm: string, port: number, folder: string): readonly string[] {
  return [
    '[kdcdefaults]',
    `  kdc_listen = 127.0.0.1:${port}`,
    `  kdc_tcp_listen = 127.0.0.1:${port}`,
    '[realms]',
    `  ${realm} = {`,
    `    database_name = ${folder}/principal`,
    `    key_stash_file = ${folder}/stash`,
    '    supported_enctypes = aes256-cts-hmac-sha1-96:normal aes128-cts-hmac-sha1-96:normal',
    '  }',
    '[dbmodules]',
    `  db_module_dir = ${libraries()}/krb5/plugins/kdb`,
    '[logging]',
    '  kdc = STDERR',
  ];
}
