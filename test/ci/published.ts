import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packTarball, tagDistribution, withDistribution } from '../../.ci/distribution.mjs';
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
  const repository = path.join(folder, 'repository');
  mkdirSync(repository);
  writeFileSync(path.join(repository, 'README.md'), 'The sources.\n');
  commitAll(repository, 'The sources');
  await withDistribution(async (laidOut) => {
    await packTarball(laidOut, folder);
    tagDistribution(repository, laidOut, version);
  });
  return { tarball: path.join(folder, `farm-email-${version}.tgz`), repository };
}
