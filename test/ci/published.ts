import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { layOut, packTarball, tagDistribution } from '../../.ci/distribution.mjs';
import { version } from '../../package.json';
import { commitAll } from '../cli/old-repository.ts';

/** What a release gives to people, in a folder of a test. */
export interface Published {
  /** The npm package. */
  readonly tarball: string;
  /** A git repository with the tags of the release. */
  readonly repository: string;
}

export async function publish(folder: string): Promise<Published> {
  const laidOut = path.join(folder, 'laid-out');
  const repository = path.join(folder, 'repository');
  for (const each of [laidOut, repository]) mkdirSync(each);
  await layOut(laidOut);
  await packTarball(laidOut, folder);
  writeFileSync(path.join(repository, 'README.md'), 'The sources.\n');
  commitAll(repository, 'The sources');
  tagDistribution(repository, laidOut, version);
  return { tarball: path.join(folder, `farm-email-${version}.tgz`), repository };
}
