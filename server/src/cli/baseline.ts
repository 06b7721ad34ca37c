import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type Analysis, isInDoubt } from '../analysis.ts';
import { readRegularFile } from '../node/files.ts';
import { type Accepted, accept, acceptedOf, baselineText, readBaseline } from '../report/baseline.ts';
import type { CheckedFile } from '../report/reported.ts';
import { visible } from '../text/visible.ts';
import { RefusalError, type Terminal } from './command.ts';
import type { Input } from './inputs.ts';
import { writeInto } from './outputs.ts';

/** What becomes of a baseline: it is honoured; or also written anew, or rid of what is no longer found. */
export type BaselineUse = 'honour' | 'write' | 'prune';

/** The baseline of one run. */
export interface BaselineInUse {
  /** A file without what the baseline accepts. */
  accept(file: CheckedFile, input: Input, analysis: Analysis): CheckedFile;
  /** Writes what is to be written, and says in a line what became of it; undefined where there is nothing to say. */
  finish(): Promise<string | undefined>;
}

/** Largest baseline that is read, in bytes. */
const sizeLimit = 64 * 1024 * 1024;

/** @param named The file of `--baseline`. */
export async function openBaseline(named: string, use: BaselineUse, { cwd }: Terminal): Promise<BaselineInUse> {
  const file = path.resolve(cwd(), named);
  const folder = path.dirname(file);
  const entries = new Map(await read(file, named, use));
  const reason = `baseline ${named}`;
  let accepted = 0;
  let files = 0;
  let stale = 0;

  return {
    accept(checked, { absolute }, analysis) {
      const name = path.relative(folder, absolute).split(path.sep).join('/');
      const found = accept(checked, entries.get(name) ?? [], reason);
      // In a file that cannot be read, or without its certificates, a finding may be away for other reasons.
      const isRead = analysis.document.problems.length === 0;
      const doubtful = found.left.filter(({ rule }) => !isRead || isInDoubt(analysis, rule));
      stale += countOf(found.left) - countOf(doubtful);
      if (use === 'honour') return found.file;
      const all = use === 'prune' ? found.used : acceptedOf(checked.findings);
      entries.set(name, [...all, ...doubtful]);
      accepted += countOf(all);
      files += all.length === 0 ? 0 : 1;
      return use === 'prune' ? found.file : accept(checked, all, reason).file;
    },
    async finish() {
      const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
      if (use === 'honour') {
        const gone = `${many(stale, 'finding')} of it ${stale === 1 ? 'is' : 'are'} no longer there`;
        return stale === 0
          ? undefined
          : `${visible(named)}: ${gone}; --prune-baseline takes ${stale === 1 ? 'it' : 'them'} out`;
      }
      for (const [name, all] of entries) {
        if (use === 'write' || (await exists(path.resolve(folder, name)))) continue;
        stale += countOf(all);
        entries.delete(name);
      }
      await writeInto(file, baselineText(entries), named);
      return use === 'prune'
        ? `${visible(named)}: ${many(stale, 'finding')} taken out`
        : `${visible(named)}: ${many(accepted, 'finding')} of ${many(files, 'file')} accepted`;
    },
  };
}

async function read(file: string, named: string, use: BaselineUse): Promise<Iterable<[string, readonly Accepted[]]>> {
  if (!(await exists(file))) {
    if (use === 'write') return [];
    throw new RefusalError(`there is no baseline ${named}; --write-baseline makes one`);
  }
  const bytes = await readRegularFile(file, sizeLimit).catch((error) => `it could not be opened (${error.code})`);
  const baseline = typeof bytes === 'string' ? bytes : readBaseline(new TextDecoder().decode(bytes));
  if (typeof baseline === 'string') throw new RefusalError(`${named} is not taken as a baseline: ${baseline}`);
  return baseline;
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

function countOf(entries: readonly Accepted[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}
