import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../test/setup.mjs';
import { run } from '../test/workbench/processes.mjs';

/** The programs of the npm package, by the names under which they are installed. */
const programs = { 'farm-email': 'cli.js', 'farm-email-language-server': 'server.js' };

/**
 * Lays out, of what is built, what people use without VS Code: the npm package, and around it what GitHub and pre-commit read
 * at a tag of the repository. It needs no installation but its own: everything is bundled.
 *
 * @param {string} folder an empty one
 */
async function layOut(folder) {
  const built = JSON.parse(await readFile(join(root, 'dist/programs.json'), 'utf8'));
  const scripts = new Set(Object.values(programs).flatMap((program) => built[program]));
  const files = [
    ...[...scripts].map((name) => `dist/${name}`),
    ...['schemas', 'README.md', 'CHANGELOG.md', 'LICENSE'],
    ...['dist/action/index.js', 'action.yml', '.pre-commit-hooks.yaml'],
  ];
  for (const name of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { name, version, license, keywords, repository, engines, peerDependencies, peerDependenciesMeta } = manifest;
  const own = {
    ...{ name, version, description: 'Checks the outgoing-email settings of SharePoint Server farms, and tests them.' },
    ...{ license, keywords, repository, engines: { node: engines.node } },
    bin: Object.fromEntries(Object.entries(programs).map(([command, program]) => [command, `dist/${program}`])),
    files: ['dist/*.js', 'schemas', 'CHANGELOG.md'],
    ...{ peerDependencies, peerDependenciesMeta },
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(own, null, 2)}\n`);
}

/**
 * Lays it out in a temporary folder, for as long as it is used.
 *
 * @param {(folder: string) => unknown} use
 */
export async function withDistribution(use) {
  const folder = await mkdtemp(join(tmpdir(), 'farm-email-distribution-'));
  try {
    await layOut(folder);
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Packs the npm package.
 *
 * @param {string} folder what `layOut` made
 * @param {string} destination the folder the tarball is put into
 */
export async function packTarball(folder, destination) {
  await run('npm', ['pack', '--silent', '--pack-destination', destination], { cwd: folder, quiet: true });
}

/**
 * Commits the folder on top of a repository's HEAD, touching neither its working tree nor its branches, and tags it as the
 * version, and as its major version, which moves.
 *
 * @param {string} repository
 * @param {string} folder what `layOut` made
 * @param {string} version
 */
export function tagDistribution(repository, folder, version) {
  const scratch = mkdtempSync(join(tmpdir(), 'farm-email-index-'));
  const git = (/** @type {string[]} */ ...args) =>
    execFileSync('git', args, {
      cwd: repository,
      encoding: 'utf8',
      env: { ...process.env, GIT_WORK_TREE: folder, GIT_INDEX_FILE: join(scratch, 'index') },
    }).trim();
  try {
    git('add', '--all', '--force', folder);
    const commit = git('commit-tree', git('write-tree'), '-p', 'HEAD', '-m', `Farm Email ${version}, built`);
    const { released, moving } = tagsOf(version);
    git('tag', released, commit);
    git('tag', '--force', moving, commit);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** @param {string} version `1.2.3` has the tags v1.2.3, and v1, which moves on with each release */
export function tagsOf(version) {
  return { released: `v${version}`, moving: `v${version.split('.')[0]}` };
}
