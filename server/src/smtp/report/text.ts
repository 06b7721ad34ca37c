import type { Explanation, Severity } from '../explain.ts';
import type { Entry } from '../transcript.ts';
import type { Block, Fact, Report } from './report.ts';

export const severityWords: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Note',
};

const marks = { client: 'C: ', server: 'S: ', note: '-- ' } as const;

/**
 * A report as a plain-text document to read, search and paste.
 *
 * @param columns where our sentences are broken; not at all where it is shown in a view that does so itself. Facts, tables
 * and the conversation stay on their lines, so that they can be searched.
 */
export function renderText({ title, lead, sections }: Report, columns = Number.POSITIVE_INFINITY): string {
  const head = [title, '='.repeat(title.length), '', ...lead].join('\n');
  const rest = sections.map((section) => {
    const blocks = section.blocks.map((block) =>
      linesOf(block, columns)
        .map((line) => `  ${line}`.trimEnd())
        .join('\n'),
    );
    return [section.title, blocks.join('\n\n')].join('\n');
  });
  return `${[head, ...rest].join('\n\n')}\n`;
}

/** One line of a conversation. */
export function entryLine({ at, from, text }: Entry): string {
  return `${String(at).padStart(6)}  ${marks[from]}${text}`;
}

function linesOf(block: Block, columns: number): readonly string[] {
  const broken = breaker(columns);
  switch (block.kind) {
    case 'text':
      return block.lines.flatMap((line) => broken(line, ''));
    case 'list':
      return block.items.flatMap((item, i) => broken(item, block.ordered ? `${i + 1}. ` : '- '));
    case 'facts':
      return factLines(block.rows);
    case 'groups':
      return block.groups.flatMap(({ heading, rows }) => [
        `${heading}:`,
        ...rows.map(({ name, value }) => `  ${name}: ${value}`),
      ]);
    case 'steps':
      return block.steps.map(
        ({ name, milliseconds, ok }) =>
          `${name.padEnd(18)}${String(milliseconds).padStart(7)} ms${ok ? '' : '   stopped here'}`,
      );
    case 'table':
      return tableLines([block.head, ...block.rows]);
    case 'remarks':
      return block.remarks.flatMap((remark, i) => [...(i === 0 ? [] : ['']), ...remarkLines(remark, broken)]);
    case 'conversation':
      return block.entries.map(entryLine);
  }
}

function factLines(rows: readonly Fact[]): readonly string[] {
  const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
  return rows.map(({ name, value }) => `${name.padEnd(width)}${value}`);
}

function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)) + 2);
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(''));
}

function remarkLines(
  { severity, happened, meaning, who, setting, advice }: Explanation,
  broken: Breaker,
): readonly string[] {
  return [
    ...broken(`${happened} ${meaning}`, `${severityWords[severity]}: `, '  '),
    ...broken(`What to do (${who}${setting ? `; setting ${setting}` : ''}):`, '  '),
    ...advice.flatMap((item) => broken(item, '  - ')),
  ];
}

/** A sentence in lines, the first of which begins with `first`, the others with `next`. */
type Breaker = (text: string, first: string, next?: string) => readonly string[];

/** Lines of at most `columns`, the section's indentation included; a longer word has a line of its own. */
function breaker(columns: number): Breaker {
  return (text, first, next = ' '.repeat(first.length)) => {
    const lines: string[] = [];
    let line = first;
    let isEmpty = true;
    for (const word of text.split(' ')) {
      if (!isEmpty && line.length + word.length + 3 > columns) {
        lines.push(line);
        line = next;
        isEmpty = true;
      }
      line += isEmpty ? word : ` ${word}`;
      isEmpty = false;
    }
    return [...lines, line];
  };
}
