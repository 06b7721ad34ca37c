// The npm package `kerberos`, compiled into the cache folder without its install script, which would look for a binary
// elsewhere. Of the computer it needs a C++ compiler alone; the libraries are those the servers use.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { root } from '../setup.mjs';
import { withLock } from '../workbench/lock.mjs';
import { run } from '../workbench/processes.mjs';
import { onPath } from '../workbench/programs.mjs';
import { debian, libraries } from './debian.mjs';

const version = '7.0.0';
const headersVersion = '1.9.0';
// The number after the version counts how it is compiled.
const home = join(root, '.cache', `kerberos-${version}-2`);

/** Folder of the compiled package, for `require`. */
export const kerberosPackage = join(home, 'node_modules', 'kerberos');

/**
 * Installs and compiles the package unless it is there. The servers' packages have to be unpacked.
 *
 * @param {(line: string) => void} [log]
 */
export async function compileKerberos(log = console.log) {
  if (existsSync(home)) return;
  const compiler = onPath(['g++', 'clang++']);
  if (compiler === undefined) {
    throw new Error(
      'The npm package kerberos has to be compiled, and there is no g++ on this computer: apt-get install g++',
    );
  }
  const locked = async () => {
    if (existsSync(home)) return;
    const began = performance.now();
    log(`Compiling the npm package kerberos ${version} into .cache: once …`);
    const building = `${home}.${process.pid}`;
    try {
      await mkdir(building, { recursive: true });
      await writeFile(join(building, 'package.json'), '{ "private": true }\n');
      const packages = [`kerberos@${version}`, `node-api-headers@${headersVersion}`];
      const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
      await run('npm', ['install', ...options, ...packages], { cwd: building, quiet: true });
      await compile(compiler, join(building, 'node_modules'));
      await rename(building, home);
    } finally {
      await rm(building, { recursive: true, force: true });
    }
    log(`  done in ${Math.round((performance.now() - began) / 1000)} s`);
  };
  await withLock(`${home}.lock`, locked, (owner) => log(`Process ${owner} is compiling kerberos; waiting for it …`));
}

/**
 * What its binding.gyp says, for Linux.
 *
 * @param {string} compiler
 * @param {string} modules
 */
async function compile(compiler, modules) {
  const folder = join(modules, 'kerberos');
  const target = join(folder, 'build', 'Release');
  await mkdir(target, { recursive: true });
  const headers = [
    join(modules, 'node-addon-api'),
    join(modules, 'node-api-headers', 'include'),
    join(debian, 'usr', 'include', 'mit-krb5'),
    join(debian, 'usr', 'include'),
  ];
  const sources = ['kerberos.cc', 'unix/base64.cc', 'unix/kerberos_gss.cc', 'unix/kerberos_unix.cc'];
  const places = [libraries(), join(debian, 'lib', basename(libraries()))];
  await run(
    compiler,
    [
      ...['-shared', '-fPIC', '-O1', '-std=c++17', '-DNAPI_VERSION=9', '-DNODE_GYP_MODULE_NAME=kerberos'],
      ...headers.map((path) => `-I${path}`),
      ...sources.map((name) => join(folder, 'src', name)),
      ...['-o', join(target, 'kerberos.node')],
      // A path inside the program that also counts for the libraries' own libraries.
      ...['-Wl,--disable-new-dtags', ...places.flatMap((path) => [`-L${path}`, `-Wl,-rpath,${path}`])],
      ...['-lgssapi_krb5', '-lkrb5'],
    ],
    { cwd: folder, quiet: true },
  );
}
