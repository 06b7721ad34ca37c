import type { Rule } from '../lint/rule.ts';
import { schemaCodes } from '../schema/problem.ts';

/** `schemas/config.schema.json`: the shape of a configuration, with the id of every rule. */
export function configurationSchema(rules: readonly Rule[]): object {
  const ids = [
    ...rules.map(({ id, title }) => ({ id, title: `${title}.` })),
    ...schemaCodes.map((code) => ({ id: `schema/${code}`, title: shapeTitles[code] })),
  ];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'config.schema.json',
    $comment: 'Made from the rules. `npm run generate` writes it anew.',
    title: 'Farm Email configuration',
    description:
      'Which rules check the farm-email files of this folder and of those below it, how severe their findings are, which findings are accepted, and what counts as a placeholder.',
    type: 'object',
    required: ['version'],
    additionalProperties: false,
    properties: {
      version: {
        title: 'Version of the configuration format',
        description: 'Always `1`.',
        enum: [1],
        markdownEnumDescriptions: ['The only version there is.'],
        examples: [1],
      },
      rules: {
        title: 'Rules',
        description:
          'The severity of each rule that is not to have its own. It holds for all findings of the rule. A rule that is `off` does not run.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleProperty(rule)])),
        examples: [{ [rules[0]?.id ?? '']: 'warning' }],
      },
      ignore: {
        title: 'Accepted findings',
        description: 'Findings that are known and accepted. They are not shown and do not count. At most 500 entries.',
        type: 'array',
        items: { $ref: '#/$defs/ignore' },
        examples: [[ignoreExample]],
      },
      placeholders: {
        title: 'Placeholders',
        description:
          'Text that another tool puts a value in place of, besides the forms that are known anyway. Literal text with one `*` for what varies, which has at least one character. Where nothing follows the `*`, the placeholder reaches to the end of the value. At most 20.',
        type: 'array',
        items: { type: 'string' },
        examples: [['@@*@@', 'vault:*']],
      },
      $schema: {
        title: 'JSON schema',
        description: 'Where other editors find the schema of this file. It is never fetched.',
        type: 'string',
        examples: ['./config.schema.json'],
      },
    },
    $defs: {
      level: {
        title: 'Severity',
        enum: ['off', 'hint', 'information', 'warning', 'error'],
        markdownEnumDescriptions: [
          'The rule does not run.',
          'Could be simpler.',
          'Worth knowing.',
          'Likely wrong.',
          'Mail fails or leaks.',
        ],
      },
      ignore: {
        title: 'Accepted findings',
        description: 'Which findings are accepted, where, and why.',
        type: 'object',
        required: ['rules', 'reason'],
        additionalProperties: false,
        properties: ignoreProperties,
        examples: [ignoreExample],
      },
      ruleId: {
        title: 'Id of a rule, or of what the schema finds',
        enum: ids.map(({ id }) => id),
        markdownEnumDescriptions: ids.map(({ title }) => title),
      },
    },
  };
}

const shapeTitles: Readonly<Record<(typeof schemaCodes)[number], string>> = {
  'missing-key': 'A required key is missing.',
  type: 'A value of the wrong type.',
  'unknown-key': 'A key that is no setting.',
  value: 'A word that the setting does not know.',
};

const ignoreExample = {
  files: 'legacy/**',
  pointer: '/webApplications/3/outgoingEmail/smtpPort',
  rules: ['port-implicit-tls'],
  reason: 'Decommissioned in March',
};

const ignoreProperties = {
  files: {
    title: 'Files',
    description:
      'The files it holds for, as a glob relative to the folder of this configuration: `*` stands for any characters but `/`, `?` for one of them, `**` for any folders; at most 200 characters. Absent: every file.',
    type: 'string',
    examples: [ignoreExample.files],
  },
  pointer: {
    title: 'Pointer',
    description:
      'The value it holds for and all that lies below it, as a JSON pointer; lists are counted from 0. `farm-email check --format json` prints the pointer of each finding. Absent: the whole file.',
    type: 'string',
    examples: [ignoreExample.pointer],
  },
  rules: {
    title: 'Rules',
    description:
      'The rules whose findings are accepted, and `schema/…` for what the schema finds. What is not YAML or JSON cannot be accepted.',
    type: 'array',
    items: { $ref: '#/$defs/ruleId' },
    examples: [ignoreExample.rules],
  },
  reason: {
    title: 'Reason',
    description: 'Why they are accepted, for those who read it later.',
    type: 'string',
    examples: [ignoreExample.reason],
  },
};

function ruleProperty({ title, severity, docs }: Rule): object {
  const what = /## What it reports\n+([\s\S]*?)(?=\n+## |\s*$)/.exec(docs)?.[1] ?? `${title}.`;
  return {
    $ref: '#/$defs/level',
    title,
    description: what.replace(/(?<=\S)\n(?=\S)/g, ' '),
    default: severity,
    examples: ['off'],
  };
}
