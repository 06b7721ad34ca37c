import { expect, test } from 'vitest';
import { readDocument } from '../../server/src/document/document.ts';
import type { Rule } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/registry.ts';
import { farmSettings, webApplicationSettings } from '../../server/src/settings/effective.ts';
import type { FarmEmail } from '../../server/src/settings/model.ts';
import { readSettings } from '../../server/src/settings/read.ts';

const count = 10_000;
const longest = 200;
const all = Array.from({ length: count }, (_, index) => index);

/** Nothing twice, so that every search that is not by name goes to the end. */
const outgoingEmail = (index: number): object => ({
  smtpServer: `smtp://smtp${index}.contoso.com:2525`,
  clientCertificate: `certificate${index}`,
  replyToAddress: `noreply@contoso${index}.com`,
  characterSet: `page${index}`,
  useTls: false,
  authentication: { userName: `svc${index}`, password: 'Winter-2026' },
});
const large = {
  version: 1,
  farm: {
    sharePointVersion: 'SubscriptionEdition',
    outgoingEmail: { ...outgoingEmail(count), smtpPort: undefined },
    servers: [
      ...all.map((index) => ({ name: `A${index}`, applicationCredentialKey: `\${env:KEY_${index}}` })),
      ...all.map((index) => ({ name: `B${index}` })),
    ],
  },
  webApplications: all.map((index) => ({
    url: `https://${index}.contoso.com/`,
    outgoingEmail: outgoingEmail(index),
  })),
  certificates: all.map((index) => ({ name: `certificate${index}`, keyAlgorithm: 'DSA', password: 'Winter-2026' })),
  monitoredMailboxes: all.map((index) => `helpdesk@contoso${index}.com`),
};

function settingsOf(data: object): FarmEmail {
  return readSettings(readDocument('json', JSON.stringify(data)));
}

/** How many findings a rule has in a file, and the milliseconds of its fastest try. */
function measure(rule: Rule, file: FarmEmail): { readonly found: number; readonly milliseconds: number } {
  const { common, webApplications } = file;
  const scopes = [farmSettings(file), ...webApplications.map((each) => webApplicationSettings(file, each))];
  const certificate = (): undefined => undefined;
  const today = new Date('2026-11-24');
  const times: number[] = [];
  let found = 0;
  for (let tries = 0; tries < 3 && !times.some((time) => time < longest); tries++) {
    found = 0;
    const report = (): void => {
      found++;
    };
    const began = performance.now();
    if (rule.over === 'file') rule.check({ file, certificate, today, report });
    else for (const settings of scopes) rule.check({ settings, common, certificate, today, report });
    times.push(performance.now() - began);
  }
  return { found, milliseconds: Math.min(...times) };
}

const settings = settingsOf(large);

test('the file to measure with was read whole', () => {
  expect(settings.webApplications).toHaveLength(count);
  expect(settings.common.certificates).toHaveLength(count);
});

test.each(rules.map((rule) => [rule.id, rule] as const))(`${count} items are quick for %s`, (_id, rule) => {
  expect(measure(rule, settings).milliseconds).toBeLessThan(longest);
});

test.each([
  ['reply-to-no-reply', count + 1],
  ['client-cert-key-algorithm', count],
  ['credential-key-differs', count - 1],
  ['credential-key-missing', count],
])('%s is measured where it reports', (id, found) => {
  const rule = rules.find((each) => each.id === id);
  expect(rule && measure(rule, settings).found).toBe(found);
});

test.each([['-'], ['no-'], ['noreply.'], ['a+']])('a local part of %j, 200 kB of it, is quick', (part) => {
  const address = `${part.repeat(200_000 / part.length)}@contoso.com`;
  const rule = rules.find(({ id }) => id === 'reply-to-no-reply');
  const measured = rule && measure(rule, settingsOf({ farm: { outgoingEmail: { replyToAddress: address } } }));
  expect(measured?.found).toBe(0);
  expect(measured?.milliseconds).toBeLessThan(longest);
});
