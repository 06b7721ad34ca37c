import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { analyse, noSurroundings } from '../server/src/analysis.ts';
import { configurationSchema } from '../server/src/report/configuration-schema.ts';
import { prettyReport } from '../server/src/report/pretty.ts';
import { checkedFile } from '../server/src/report/reported.ts';
import { rulePage, ruleTable } from '../server/src/report/rule-page.ts';
import { rules } from '../server/src/rules/registry.ts';
import { features, pages, requirements } from './coverage.ts';
import { root, sources } from './house/sources.ts';

/** `npm run generate` sets this: then the files are written instead of compared. */
const update = process.env.UPDATE_GENERATED === '1';

function generated(name: string, expected: string): void {
  const file = path.join(root, name);
  if (update) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, expected);
  }
  const found = existsSync(file) ? readFileSync(file, 'utf8') : '';
  expect(found, `${name} is stale: run \`npm run generate\``).toBe(expected);
}

/** Replaces what stands between the markers `<!-- name -->` and `<!-- /name -->`. */
function between(name: string, marker: string, content: string): void {
  const text = readFileSync(path.join(root, name), 'utf8');
  const pattern = new RegExp(`(<!-- ${marker} -->\\n)[\\s\\S]*?(<!-- /${marker} -->)`);
  expect(text, `${name} needs the markers <!-- ${marker} --> and <!-- /${marker} -->`).toMatch(pattern);
  generated(
    name,
    text.replace(pattern, (_all, open: string, close: string) => `${open}\n${content}\n\n${close}`),
  );
}

interface ActionMetadata {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

describe('generated files are what their sources say', () => {
  test('the registry holds the rules of the folder', () => {
    const files = sources('server/src/rules').filter(({ text }) => text.includes('export default defineRule('));
    const entries = files
      .map(({ name }) => ({ id: path.basename(name, '.ts'), from: name.replace('server/src/rules/', './') }))
      .map(({ id, from }) => ({
        id,
        from,
        name: id.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase()),
      }));
    const byId = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
    const lines = [
      '// Made from the files of this folder. `npm run generate` writes it anew.',
      "import type { Rule } from '../lint/rule.ts';",
      ...[...entries]
        .sort((a, b) => (a.from < b.from ? -1 : 1))
        .map(({ name, from }) => `import ${name} from '${from}';`),
      '',
      '/** Every rule, in the order of their ids. */',
      'export const rules: readonly Rule[] = [',
      ...byId.map(({ name }) => `  ${name},`),
      '];',
      '',
    ];
    generated('server/src/rules/registry.ts', lines.join('\n'));
  });

  test('each rule file is named after its id', () => {
    const ids = sources('server/src/rules')
      .filter(({ text }) => text.includes('export default defineRule('))
      .map(({ name, text }) => [path.basename(name, '.ts'), /id: '([^']+)'/.exec(text)?.[1]]);
    expect(ids.filter(([name, id]) => name !== id)).toEqual([]);
  });

  test('docs/rules has the page of each rule, and no other', () => {
    const folder = path.join(root, 'docs/rules');
    const pages = new Map(rules.map((rule) => [`${rule.id}.md`, rulePage(rule)]));
    const index = `# Rules\n\n${ruleTable(rules, (id) => `[${id}](${id}.md)`)}\n`;
    if (update && existsSync(folder)) {
      for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(path.join(folder, name));
    }
    for (const [name, page] of pages) generated(`docs/rules/${name}`, page);
    generated('docs/rules/README.md', index);
    expect(readdirSync(folder).sort()).toEqual(['README.md', ...pages.keys()].sort());
  });

  test('schemas/config.schema.json knows every rule', () => {
    generated('schemas/config.schema.json', `${JSON.stringify(configurationSchema(rules), null, 2)}\n`);
  });

  test('what the README shows of `farm-email check` is what it prints', () => {
    const name = 'examples/contoso/farm-email.yaml';
    const text = readFileSync(path.join(root, name), 'utf8');
    const printed = [...prettyReport([checkedFile(name, analyse('yaml', text, noSurroundings))], false)].join('');
    const example = `\`\`\`console\n$ farm-email check ${path.dirname(name)}\n${printed}\`\`\``;
    between('README.md', 'check-example', example);
  });

  test("the README's overview of the rules", () => {
    const themes = new Map<string, string[]>();
    for (const { name, text } of sources('server/src/rules')) {
      if (!text.includes('export default defineRule(')) continue;
      const theme = path.basename(path.dirname(name));
      themes.set(theme, [...(themes.get(theme) ?? []), path.basename(name, '.ts')]);
    }
    const rows = [...themes].map(([theme, ids]) => {
      const title = theme.charAt(0).toUpperCase() + theme.slice(1).replaceAll('-', ' ');
      return `| ${title} | ${ids.map((id) => `[${id}](docs/rules/${id}.md)`).join(', ')} |`;
    });
    const head = `${rules.length} rules. Each has a page: what it reports, why it matters, an example, and its sources.`;
    between('README.md', 'rules', [head, '', '| Theme | Rules |', '| --- | --- |', ...rows].join('\n'));
  });

  test('docs/ci.md has the inputs and outputs of action.yml', () => {
    const { inputs, outputs }: ActionMetadata = parse(readFileSync(path.join(root, 'action.yml'), 'utf8'));
    const rows = Object.entries(inputs).map(([name, { description, default: without }]) => {
      return `| \`${name}\` | ${description} | ${without === undefined ? '' : `\`${without}\``} |`;
    });
    between('docs/ci.md', 'action-inputs', ['| Input | Is | Default |', '| --- | --- | --- |', ...rows].join('\n'));
    const told = Object.entries(outputs).map(([name, { description }]) => `| \`${name}\` | ${description} |`);
    between('docs/ci.md', 'action-outputs', ['| Output | Is |', '| --- | --- |', ...told].join('\n'));
  });

  test('docs/coverage.md', () => {
    const link = (id: string): string => `[${id}](rules/${id}.md)`;
    const rows = requirements.map(({ pages: from, text, rules: ids = [], features: own = [], reason = '' }) => {
      const carriers = [...ids.map(link), ...own.map((name) => `[${name}](${features[name]})`)];
      return `| ${from.join(', ')} | ${text} | ${carriers.join(', ')} | ${reason} |`;
    });
    const page = [
      '# Coverage',
      '',
      'What three pages ask of outgoing email, in our words, and what of it Farm Email carries. A last column says what is',
      'not seen in a file, or not yet done.',
      '',
      ...Object.entries(pages).map(([key, { title, url }]) => `- ${key}: [${title}](${url})`),
      '',
      '| Page | What it asks | Carried by | What is not |',
      '| --- | --- | --- | --- |',
      ...rows,
      '',
    ];
    generated('docs/coverage.md', page.join('\n'));
  });
});

describe('the coverage of the three pages', () => {
  const named = new Set(requirements.flatMap(({ rules: ids = [] }) => ids));

  test('no row is empty without a reason, and each rule that is named exists', () => {
    const empty = requirements.filter(({ rules: ids = [], features: own = [], reason }) => {
      return ids.length + own.length === 0 && reason === undefined;
    });
    expect(empty).toEqual([]);
    expect([...named].filter((id) => !rules.some((rule) => rule.id === id))).toEqual([]);
  });

  test('each rule that rests on one of the pages is in a row', () => {
    const urls = new Set(Object.values(pages).map(({ url }) => url));
    const resting = rules.filter((rule) => rule.sources.some(({ url }) => urls.has(url)));
    expect(resting.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });
});
