import type { Format } from '../document/split.ts';

/** Names of farm-email files, as a glob below any folder. */
export const farmEmailGlob = '**/{farm-email,*.farm-email}.{yaml,yml,json,jsonc}';

/** Names of configuration files in one folder; where there are several, the first counts. */
export const configurationNames = ['yaml', 'yml', 'json', 'jsonc'].map((extension) => `farm-email.config.${extension}`);

export const configurationGlob = '**/farm-email.config.{yaml,yml,json,jsonc}';

/** True for a path, or its last part, that names a configuration. */
export function isConfigurationName(name: string): boolean {
  return configurationNames.includes(/[^\\/]*$/.exec(name)?.[0] ?? '');
}

/** How a file is read, by its name; undefined where the name says nothing. */
export function formatOf(name: string): Format | undefined {
  const extension = /[^\\/]\.(\w+)$/.exec(name)?.[1]?.toLowerCase();
  if (extension === 'yaml' || extension === 'yml') return 'yaml';
  return extension === 'json' || extension === 'jsonc' ? extension : undefined;
}
