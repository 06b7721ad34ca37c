import path from 'node:path';
import { libraries } from './debian.mjs';
import { type Environment, write } from './program.ts';

/** Who may log in. */
export interface Account {
  readonly name: string;
  readonly password: string;
}

/** Whether this process may change its user. What it starts must not: it could not read the project's folder then. */
export const isRoot = process.getuid?.() === 0;

/** User and group of all accounts: those of this process; for root, numbers other than 0, which servers refuse. */
export const uid = isRoot ? 65_533 : (process.getuid?.() ?? 65_533);
export const gid = isRoot ? 65_533 : (process.getgid?.() ?? 65_533);

export interface Pretence {
  readonly users: readonly string[];
  readonly groups?: readonly string[];
  /** Whether the program is to believe that it is root, and that it changes its user when it tries. */
  readonly root: boolean;
}

/** Gives a program the accounts it insists on, which this computer does not have: by nss_wrapper and uid_wrapper. */
export function pretend(folder: string, { users, groups = [], root }: Pretence): Environment {
  const passwd = [
    'root:x:0:0::/:/bin/sh',
    'nobody:x:65534:65534::/:/bin/sh',
    ...users.map((name) => `${name}:x:${uid}:${gid}::/:/bin/sh`),
  ];
  const group = [
    'root:x:0:',
    'nogroup:x:65534:',
    ...users.map((name) => `${name}:x:${gid}:`),
    ...groups.map((name, at) => `${name}:x:${65_500 + at}:`),
  ];
  const wrappers = root ? ['nss', 'uid'] : ['nss'];
  return {
    NSS_WRAPPER_PASSWD: write(folder, 'passwd', passwd),
    NSS_WRAPPER_GROUP: write(folder, 'group', group),
    LD_PRELOAD: wrappers.map((name) => path.join(libraries(), `lib${name}_wrapper.so`)).join(':'),
    ...(root ? { UID_WRAPPER: '1', UID_WRAPPER_ROOT: '1' } : {}),
  };
}
