import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CheckedFile, Reported } from '../report/reported.ts';
import type { Range } from '../text/position.ts';
import { RefusalError } from './command.ts';
import type { Input } from './inputs.ts';

const run = promisify(execFile);

/** Most bytes of an answer of git. */
const answerLimit = 256 * 1024 * 1024;

/** Lines from 0, both ends included. */
interface Lines {
  readonly first: number;
  readonly last: number;
}

/** What changed in a repository: its files by their path, and whether git knows them. */
interface Changes {
  readonly base: string;
  /** The paths, from the root with slashes, that `git diff` is asked for: the file's, and its former one. */
  readonly changed: ReadonlyMap<string, readonly string[]>;
  readonly tracked: ReadonlySet<string>;
}

/** Findings of the lines that changed since a revision. */
export interface ChangedSince {
  only(file: CheckedFile, input: Input): Promise<CheckedFile>;
}

/**
 * A finding counts where one of its lines, or a line it names as its cause, changed between the revision and the working
 * tree; where lines were taken out, those next to the gap. From a revision that went on meanwhile, as the target branch of a
 * pull request does, the last commit in common counts. What git does not know is new as a whole.
 */
export function changedSince(revision: string): ChangedSince {
  const repositories = new Map<string, Promise<Changes>>();
  return {
    async only(file, { absolute, repository: repositoryOf }) {
      const root = await repositoryOf();
      if (root === undefined) {
        throw new RefusalError(`--changed-since asks git, and ${file.path} lies in no git repository`);
      }
      const repository = repositories.get(root) ?? changesOf(root, revision);
      repositories.set(root, repository);
      const { base, changed, tracked } = await repository;
      const name = path.relative(root, absolute).split(path.sep).join('/');
      const paths = changed.get(name);
      if (file.findings.length === 0 || !tracked.has(name)) return file;
      const lines = paths === undefined ? [] : await changedLines(root, base, paths);
      return { ...file, findings: file.findings.filter((finding) => isChanged(finding, lines)) };
    },
  };
}

function isChanged({ range, related }: Reported, lines: readonly Lines[]): boolean {
  const touches = ({ start, end }: Range): boolean =>
    lines.some(({ first, last }) => start.line <= last && first <= end.line);
  return touches(range) || related.some((place) => touches(place.range));
}

async function changesOf(root: string, revision: string): Promise<Changes> {
  const commit = (
    await git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).catch((error) => {
      if (error instanceof RefusalError) throw error;
      throw new RefusalError(
        `git knows no revision ${revision} here; in CI fetch the whole history (fetch-depth: 0, GIT_DEPTH: 0)`,
      );
    })
  ).trim();
  // Without a commit in common, as in a shallow clone, the revision itself.
  const base = (await git(root, 'merge-base', commit, 'HEAD').catch(() => commit)).trim();
  const status = (await git(root, 'diff', '--name-status', '-z', '-M', base, '--')).split('\0');
  const changed = new Map<string, readonly string[]>();
  for (let i = 0; i + 1 < status.length; ) {
    const [kind = '', name = '', renamed = ''] = status.slice(i, i + 3);
    const isRenamed = /^[RC]/.test(kind);
    if (isRenamed) changed.set(renamed, [name, renamed]);
    else changed.set(name, [name]);
    i += isRenamed ? 3 : 2;
  }
  return { base, changed, tracked: new Set((await git(root, 'ls-files', '-z')).split('\0')) };
}

async function changedLines(root: string, base: string, paths: readonly string[]): Promise<readonly Lines[]> {
  const diff = await git(root, 'diff', '--unified=0', '--no-color', '-M', base, '--', ...paths);
  // With no lines around, each line of content begins with + or -.
  return [...diff.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)].map(([, from, count]) => {
    const first = Number(from) - 1;
    const length = Number(count ?? 1);
    return length === 0 ? { first, last: first + 1 } : { first, last: first + length - 1 };
  });
}

/** Runs git without external diffs, text conversions and file-system monitors. Throws where it fails. */
async function git(root: string, command: string, ...args: readonly string[]): Promise<string> {
  const plain = command === 'diff' ? ['--no-ext-diff', '--no-textconv', '--no-relative', '--ignore-submodules'] : [];
  const all = ['--literal-pathspecs', '-c', 'core.fsmonitor=false', command, ...plain, ...args];
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' };
  try {
    const { stdout } = await run('git', all, { cwd: root, maxBuffer: answerLimit, env });
    return stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { readonly code?: unknown; readonly stderr?: string };
    if (code === 'ENOENT') throw new RefusalError('--changed-since asks git, which is not on the PATH');
    if (stderr !== '') throw new RefusalError(`git ${command}: ${stderr.trim().split('\n')[0]}`);
    throw error;
  }
}
