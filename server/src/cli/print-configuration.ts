import type { Configuration } from '../lint/configuration.ts';
import { rules } from '../rules/registry.ts';

/** What is configured for one file, as a configuration that says all of it: each rule has its severity. */
export function configurationText({ severities, ignores, placeholders }: Configuration): string {
  const data = {
    version: 1,
    rules: Object.fromEntries(rules.map(({ id, severity }) => [id, severities.get(id) ?? severity])),
    ignore: ignores.map(({ files, pointer, rules: ids, reason }) => ({
      ...(files === undefined ? {} : { files: files.join('/') }),
      ...(pointer === undefined ? {} : { pointer }),
      rules: ids,
      reason,
    })),
    placeholders: placeholders.map(({ before, after }) => `${before}*${after}`),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}
