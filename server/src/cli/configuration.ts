import path from 'node:path';
import { type Analysis, isInDoubt } from '../analysis.ts';
import { type Configuration, type Ignore, noConfiguration } from '../lint/configuration.ts';
import { type ConfigurationFile, withUnusedIgnores } from '../lint/configuration-file.ts';
import { formatOf } from '../lint/file-names.ts';
import {
  configurationInForce,
  configurations,
  type FoundConfiguration,
  readConfigurationFile,
} from '../node/configuration-files.ts';
import { isInside } from '../node/files.ts';
import { type CheckedFile, checkedFile } from '../report/reported.ts';
import { type Terminal, UsageError } from './command.ts';
import { type Input, shownPath } from './inputs.ts';

/** The configurations of one run. */
export interface Checking {
  /** What is configured for a file. */
  inForceFor(input: Input): Promise<Configuration>;
  /** Where that is written; undefined where nothing is configured. */
  fileFor(input: Input): Promise<string | undefined>;
  /** Tells what became of a file. */
  checked(input: Input, analysis: Analysis): Promise<void>;
  /** The configurations with which something is wrong. `folders`: those checked as a whole. */
  report(folders: readonly string[]): Promise<readonly CheckedFile[]>;
}

/** @param named The file of `--config`; without it the nearest one counts for each file. */
export async function configurationsOf(named: string | undefined, { cwd }: Terminal): Promise<Checking> {
  const finding = configurations();
  const given = named === undefined ? undefined : await readNamed(path.resolve(cwd(), named), named);
  const needed = new Map<FoundConfiguration, Set<unknown>>();

  async function of(input: Input): Promise<FoundConfiguration | undefined> {
    return given ?? finding.of(input.absolute, await input.boundary());
  }

  return {
    async inForceFor(input) {
      const found = await of(input);
      return found === undefined ? noConfiguration : configurationInForce(found, input.absolute);
    },
    async fileFor(input) {
      return (await of(input))?.file;
    },
    async checked(input, analysis) {
      const found = await of(input);
      if (found === undefined) return;
      const all = needed.get(found) ?? new Set();
      needed.set(found, all);
      for (const node of neededIgnores(found.read.configuration.ignores, analysis)) all.add(node);
    },
    async report(folders) {
      const all = given === undefined ? await finding.found() : [given];
      return all.flatMap((found) => {
        const isWhole = folders.some((folder) => isInside(folder, path.dirname(found.file)));
        const read = isWhole ? withUnused(found.read, needed.get(found)) : found.read;
        return read.findings.length === 0 ? [] : [checkedFile(shownPath(found.file, cwd()), read)];
      });
    },
  };
}

async function readNamed(file: string, named: string): Promise<FoundConfiguration> {
  if (formatOf(file) === undefined) throw new UsageError(`${named} is no .yaml, .yml, .json or .jsonc file`);
  const found = await readConfigurationFile(file, undefined);
  const [problem] = found.read.findings;
  if (problem?.rule === 'configuration/unreadable') throw new UsageError(`${named}: ${problem.message}`);
  return found;
}

/**
 * The nodes of the ignores that accept something in a file, and of those that might: in a file that cannot be read, or with
 * certificates that lie elsewhere, a finding may be away for other reasons.
 */
function neededIgnores(ignores: readonly Ignore[], analysis: Analysis): readonly unknown[] {
  const used = analysis.suppressed.flatMap(({ at, also = [] }) => [at, ...also]);
  const isRead = analysis.document.problems.length === 0;
  const doubtful = ignores.filter(({ rules }) => !isRead || rules.some((rule) => isInDoubt(analysis, rule)));
  return [...used, ...doubtful.map(({ node }) => node)];
}

function withUnused(read: ConfigurationFile, needed: ReadonlySet<unknown> | undefined): ConfigurationFile {
  return withUnusedIgnores(
    read,
    read.configuration.ignores.filter(({ node }) => !needed?.has(node)),
  );
}
