import type { Severity } from '../lint/finding.ts';
import { visible } from '../text/visible.ts';
import { type Placed, placed } from './place.ts';
import type { CheckedFile } from './reported.ts';
import { workflowCommand } from './workflow-command.ts';

/** Annotations of one kind that GitHub shows for one step; what is beyond them vanishes without a word. */
const most = 10;

const commands: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/**
 * Workflow commands of GitHub Actions: annotations on the lines of a pull request, errors first, and a notice that tells what
 * is beyond GitHub's limit. The job summary is the Markdown report.
 */
export function* githubReport(files: readonly CheckedFile[]): Iterable<string> {
  const all = placed(files);
  let left = 0;
  for (const command of ['error', 'warning', 'notice'] as const) {
    const ofKind = all.filter(({ finding }) => commands[finding.severity] === command);
    // The last place of the notices is that of the one below.
    const room = command === 'notice' ? most - 1 : most;
    for (const each of ofKind.slice(0, room)) yield `${annotation(command, each)}\n`;
    left += Math.max(ofKind.length - room, 0);
  }
  if (left > 0) {
    const more = `${left} more finding${left === 1 ? '' : 's'}: GitHub shows ${most} of a kind for a step. The job summary and the log of farm-email list all of them.`;
    yield `${workflowCommand('notice', { title: 'farm-email' }, more)}\n`;
  }
}

function annotation(command: string, { path, finding, line, column, endLine, endColumn }: Placed): string {
  const properties = {
    file: path.replaceAll('\\', '/'),
    line: String(line),
    endLine: String(endLine),
    // GitHub takes columns of one line only.
    ...(line === endLine ? { col: String(column), endColumn: String(endColumn) } : {}),
    title: finding.rule,
  };
  return workflowCommand(command, properties, visible(finding.message));
}
