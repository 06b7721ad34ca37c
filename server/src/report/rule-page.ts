import type { Rule } from '../lint/rule.ts';

/** The page of a rule in Markdown, as `farm-email rules ID` prints it and docs/rules holds it. */
export function rulePage(rule: Rule): string {
  const { id, title, versions, fix, sources, docs } = rule;
  const held = versions === 'all' ? 'all versions' : versions.map(versionName).join(', ');
  const way =
    fix === undefined ? 'none' : fix === 'safe' ? 'safe: applied by `--fix` and by fix all' : 'suggested: wants a look';
  return [
    `# ${id}`,
    '',
    `${title}.`,
    '',
    '| Severity | SharePoint Server | Fix |',
    '| --- | --- | --- |',
    `| ${severitiesOf(rule)} | ${held} | ${way} |`,
    '',
    docs.trim(),
    '',
    '## References',
    '',
    ...sources.map((source) => `- [${source.title}](${source.url})`),
    '',
  ].join('\n');
}

function severitiesOf({ severity, otherSeverities = [] }: Rule): string {
  return [severity, ...otherSeverities].join(', ');
}

export function versionName(version: string): string {
  return version === 'SubscriptionEdition' ? 'Subscription Edition' : version;
}

/** The table of rules, for docs/rules. */
export function ruleTable(rules: readonly Rule[], link: (id: string) => string): string {
  const rows = rules.map((rule) => {
    const { id, title, fix } = rule;
    return `| ${link(id)} | ${severitiesOf(rule)} | ${title} | ${fix ?? ''} |`;
  });
  return ['| Rule | Severity | What it reports | Fix |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
