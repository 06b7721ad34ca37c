import type { Account } from './accounts.ts';
import { packageEnvironment, unpacked, write } from './program.ts';

/**
 * Writes a program that does NTLM for Dovecot, for one account: Samba's ntlm_auth, which compares the answer itself
 * instead of asking a domain controller.
 *
 * @param account `DOMAIN\user`
 */
export function writeNtlmAuth(folder: string, account: Account): string {
  const [domain = '', user = ''] = account.name.split('\\');
  const folders = [
    'lock directory',
    'state directory',
    'cache directory',
    'pid directory',
    'private dir',
    'ncalrpc dir',
  ];
  const config = write(folder, 'smb.conf', [
    '[global]',
    `workgroup = ${domain}`,
    'netbios name = MAIL',
    ...folders.map((name) => `${name} = ${folder}`),
  ]);
  const { LD_LIBRARY_PATH } = packageEnvironment(folder);
  const args = [`--configfile=${config}`, `--domain=${domain}`, `--username=${user}`, `--password=${account.password}`];
  return write(
    folder,
    'ntlm_auth',
    [
      '#!/bin/sh',
      `export LD_LIBRARY_PATH=${quoted(LD_LIBRARY_PATH)} LANG=C.UTF-8`,
      `exec ${[unpacked('usr/bin/ntlm_auth'), ...args].map(quoted).join(' ')} "$@"`,
    ],
    0o700,
  );
}

function quoted(argument: string): string {
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
