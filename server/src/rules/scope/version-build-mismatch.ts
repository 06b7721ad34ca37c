import { defineRule } from '../../lint/rule.ts';
import type { SharePointVersion } from '../../settings/model.ts';
import { versionNames } from '../../settings/versions.ts';
import { farmDsc } from '../sources.ts';

export default defineRule({
  id: 'version-build-mismatch',
  title: 'The build belongs to another version of SharePoint Server',
  severity: 'warning',
  versions: 'all',
  sources: [farmDsc],
  docs: `
## What it reports

A \`farm.build\` that is none of the stated \`farm.sharePointVersion\`. Builds 15.0 are SharePoint 2013. Of the builds 16.0,
those below 16.0.10000 are 2016, those below 16.0.13000 are 2019, and the others are Subscription Edition.

## Why it matters

What outgoing email can do depends on the version: TLS, the login, client certificates. With the wrong version this file
is checked against the wrong list, and the version is the one that counts here.

## Example

\`\`\`yaml
farm:
  sharePointVersion: 2019
  build: 16.0.17928.20238
\`\`\`

## Instead

\`\`\`yaml
farm:
  sharePointVersion: SubscriptionEdition
  build: 16.0.17928.20238
\`\`\`
`,
  over: 'settings',
  check({ settings: { scope }, common: { farm }, report }) {
    const stated = farm?.version?.value;
    const { build, version } = farm ?? {};
    if (scope.kind !== 'farm' || build?.value === undefined || version === undefined || stated === undefined) return;
    const actual = versionOfBuild(build.value);
    if (actual === undefined || actual === stated) return;
    report(build, `This is a build of ${versionNames[actual]}, but the version says ${versionNames[stated]}`, {
      related: [{ message: 'The version', at: version }],
    });
  },
});

/** Undefined for what is no build of a version known here. */
function versionOfBuild(build: string): SharePointVersion | undefined {
  const parts = /^(\d{2})\.0\.(\d{1,6})(?:\.\d{1,6})?$/.exec(build.trim());
  const [major, number] = [parts?.[1], Number(parts?.[2])];
  if (major === '15') return '2013';
  if (major !== '16') return undefined;
  if (number < 10_000) return '2016';
  return number < 13_000 ? '2019' : 'SubscriptionEdition';
}
