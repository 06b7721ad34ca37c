import path from 'node:path';
import { freePort } from '../workbench/code-server.mjs';
import type { Account } from './accounts.ts';
import { libraries } from './debian.mjs';
import { type Environment, isListening, runProgram, serverFolder, startProgram, unpacked, write } from './program.ts';

/** What a server needs to accept Kerberos tickets. */
export interface Kerberos {
  /** Where the configuration of the realm is. */
  readonly env: Environment;
  /** Path of the keys of its services. */
  readonly keytab: string;
}

export interface Realm {
  readonly name: string;
  /** What every program that uses the realm needs; also this process, if the npm package kerberos is used in it. */
  readonly env: { readonly KRB5_CONFIG: string };
  /** With the keys of these services, e.g. `SMTPSVC/localhost`: each is one of those the realm was started with. */
  serverOf(...services: readonly string[]): Promise<Kerberos>;
  /** Fetches a ticket for a user; gives what KRB5CCNAME has to be in order to use it. */
  logIn(account: Account): Promise<string>;
  log(): string;
  stop(): Promise<void>;
}

export interface RealmWish {
  readonly users: readonly Account[];
  /** Names of services that clients may ask tickets for, e.g. `SMTPSVC/localhost`. */
  readonly services: readonly string[];
}

/** The Kerberos realm CONTOSO.COM of MIT's server, on a port of 127.0.0.1. */
export async function startRealm({ users, services }: RealmWish): Promise<Realm> {
  const name = 'CONTOSO.COM';
  const folder = serverFolder('kerberos');
  const port = await freePort();
  const clientConfiguration = write(folder, 'krb5.conf', forClients(name, port));
  const env = {
    KRB5_CONFIG: clientConfiguration,
    KRB5_KDC_PROFILE: write(folder, 'kdc.conf', forTheServer(name, port, folder)),
  };
  const administer = (...commands: readonly string[]) =>
    runProgram(unpacked('usr/sbin/kadmin.local'), ['-p', 'admin', '-r', name], {
      folder,
      env,
      input: commands.join('\n'),
    });
  await runProgram(unpacked('usr/sbin/kdb5_util'), ['create', '-s', '-P', 'master', '-r', name], { folder, env });
  await administer(
    ...users.map((user) => `addprinc -pw "${user.password}" ${user.name}`),
    ...services.map((service) => `addprinc -randkey ${service}`),
  );
  const { log, stop } = await startProgram(unpacked('usr/sbin/krb5kdc'), {
    name: 'The Kerberos server',
    folder,
    args: ['-n', '-P', path.join(folder, 'pid')],
    env,
    isReady: () => isListening(port),
  });
  let files = 0;
  return {
    name,
    env: { KRB5_CONFIG: clientConfiguration },
    async serverOf(...wanted) {
      const keytab = path.join(folder, `keytab-${++files}`);
      await administer(`ktadd -norandkey -k ${keytab} ${wanted.join(' ')}`);
      return { env: { KRB5_CONFIG: clientConfiguration }, keytab };
    },
    async logIn(account) {
      const tickets = `FILE:${path.join(folder, `tickets-${++files}`)}`;
      await runProgram(unpacked('usr/bin/kinit'), ['-c', tickets, account.name], {
        folder,
        env,
        input: `${account.password}\n`,
      });
      return tickets;
    },
    log,
    stop,
  };
}

function forClients(realm: string, port: number): readonly string[] {
  return [
    '[libdefaults]',
    `  default_realm = ${realm}`,
    '  dns_lookup_kdc = false',
    '  dns_lookup_realm = false',
    '  dns_canonicalize_hostname = false',
    '  rdns = false',
    '  udp_preference_limit = 1',
    // The usual one is a file outside the folder.
    '  default_rcache_name = none:',
    `  plugin_base_dir = ${libraries()}/krb5/plugins`,
    '[realms]',
    `  ${realm} = {`,
    `    kdc = 127.0.0.1:${port}`,
    '  }',
    '[domain_realm]',
    `  localhost = ${realm}`,
  ];
}

function forTheServer(realm: string, port: number, folder: string): readonly string[] {
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
