import path from 'node:path';
import { libraries } from './debian.mjs';
import { type Environment, write } from './program.ts';

/** Who may log in. */
export interface Account {
  readonly name: string;
  readonly password: string;
}

/** Whether this process may change its user: then what it starts must not, or it could not read the project's folder. */
export const isRoot = process.getuid?.() === 0;

/** User and group of all accounts: those of this process; for root numbers that are not 0, which is refused. */
export const uid = isRoot ? 65_533 : (process.getuid?.() ?? 65_533);
export const gid = isRoot ? 65_533 : (process.getgid?.() ?? 65_533);

/**
 * Gives a program the accounts it insists on although this computer has none of them, by preloading nss_wrapper, and
 * with `pretendRoot` makes it believe that it is root and changes its user, by uid_wrapper.
 */
export function accounts(
  folder: string,
  names: { readonly users: readonly string[]; readonly groups: readonly string[] },
  pretendRoot: boolean,
): Environment {
  const users = ['root:x:0:0::/:/bin/sh', ...names.users.map((name) => `${name}:x:${uid}:${gid}::/:/bin/sh`)];
  const groups = [
    ...names.users.map((name) => `${name}:x:${gid}:`),
    ...names.groups.map((name, at) => `${name}:x:${65_500 + at}:`),
  ];
  const wrapper = (name: string) => path.join(libraries(), `lib${name}_wrapper.so`);
  return {
    NSS_WRAPPER_PASSWD: write(folder, 'passwd', [...users, 'nobody:x:65534:65534::/:/bin/sh'], 0o644),
    NSS_WRAPPER_GROUP: write(folder, 'group', ['root:x:0:', ...groups, 'nogroup:x:65534:'], 0o644),
    LD_PRELOAD: [wrapper('nss'), ...(pretendRoot ? [wrapper('uid')] : [])].join(':'),
    ...(pretendRoot ? { UID_WRAPPER: '1', UID_WRAPPER_ROOT: '1' } : {}),
  };
}
