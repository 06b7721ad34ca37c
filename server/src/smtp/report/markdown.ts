import type { Explanation } from '../explain.ts';
import { fenceFor, prose } from './prose.ts';
import type { Block, Report, Section } from './report.ts';
import { entryLine, severityWords } from './text.ts';

/** A report in Markdown for tickets and pull requests. What servers and files said is text or code in it, never markup. */
export function renderMarkdown({ title, lead, sections }: Report): string {
  const head = [`# ${prose(title)}`, lead.map((line) => `- ${prose(line)}`).join('\n')];
  return `${[...head, ...sections.map(sectionText)].join('\n\n')}\n`;
}

function sectionText({ title, blocks }: Section): string {
  return [`## ${prose(title)}`, ...blocks.map(blockText)].join('\n\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.lines.map((line) => prose(line)).join('\n\n');
    case 'list':
      return listText(block.items, block.ordered);
    case 'facts':
      return tableText(
        ['', ''],
        block.rows.map(({ name, value }) => [name, value]),
      );
    case 'groups':
      return tableText(
        ['Setting', 'Value', 'From'],
        block.groups.flatMap(({ heading, rows }) => rows.map(({ name, value }) => [name, value, heading])),
      );
    case 'steps':
      return tableText(
        ['Step', 'ms', ''],
        block.steps.map(({ name, milliseconds, ok }) => [name, String(milliseconds), ok ? '' : 'stopped here']),
      );
    case 'table':
      return tableText(block.head, block.rows);
    case 'remarks':
      return block.remarks.map(remarkText).join('\n\n');
    case 'conversation':
      return fenced(block.entries.map(entryLine).join('\n'));
  }
}

function listText(items: readonly string[], ordered: boolean): string {
  return items.map((item, i) => `${ordered ? `${i + 1}.` : '-'} ${prose(item)}`).join('\n');
}

function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => prose(cell, 'cell')).join(' | ')} |`;
  return [row(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(row)].join('\n');
}

function remarkText({ severity, happened, meaning, who, setting, advice }: Explanation): string {
  const head = `**${severityWords[severity]}:** ${prose(happened)} ${prose(meaning)}`;
  const todo = `What to do (${who}${setting ? `; setting ${prose(setting)}` : ''}):`;
  return [head, todo, listText(advice, false)].join('\n\n');
}

function fenced(text: string): string {
  const fence = fenceFor(text);
  return `${fence}text\n${text}\n${fence}`;
}
