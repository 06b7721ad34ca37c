import { rules } from '../rules/registry.ts';

/** Markdown: what a rule is called and what it reports; undefined for an id that is no rule's. */
export function whatItReports(id: string): string | undefined {
  const rule = rules.find((each) => each.id === id);
  return rule && `**${rule.title}**\n\n${section(rule.docs, 'What it reports')}`;
}

/** Markdown: why a finding of a rule matters, and where that is written; undefined for an id that is no rule's. */
export function whyItMatters(id: string): string | undefined {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) return undefined;
  const [source] = rule.sources;
  const reason = section(rule.docs, 'Why it matters');
  return `**${rule.title}** (${rule.id})\n\n${reason}\n\n[${source.title}](${source.url})`;
}

/** A section of a rule's page, each paragraph on one line. */
function section(docs: string, title: string): string {
  const [, text = ''] = new RegExp(`## ${title}\\n+([\\s\\S]*?)\\n+## `).exec(docs) ?? [];
  return text.replace(/(?<=\S)\n(?=\S)/g, ' ');
}
