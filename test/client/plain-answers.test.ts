import { expect, test } from 'vitest';
import { oneSentence } from '../../client/src/one-sentence.ts';
import { plainRefusal, plainResult } from '../../client/src/plain-answers.ts';
import { visible } from '../../client/src/visible.ts';
import type { SendResult } from '../../server/src/lsp/protocol.ts';
import { sources } from '../house/sources.ts';
import { t } from './translate.ts';

const link = '[Reset your password](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22x%22%7D)';
/** As VS Code finds links in notifications and below input boxes. */
const isLink = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/i;

const result: SendResult = {
  outcome: 'failed',
  summary: `535 ${link}`,
  explanation: `The login was refused: “535 ${link} ${link}”.`,
  transcript: `S: 535 ${link}`,
  markdown: '',
  stoppedAtLogin: true,
  milliseconds: 1,
};

test('what a mail server says is no link in a notification', () => {
  expect(link).toMatch(isLink);
  const plain = plainResult(result);
  expect([plain.summary, plain.explanation].filter((text) => isLink.test(text))).toEqual([]);
  expect(plain.explanation).toContain('[Reset your password] (command:workbench');
  // The transcript is a document, in which nothing is a link: it stays as it is.
  expect(plain).toMatchObject({ ...result, summary: plain.summary, explanation: plain.explanation });
});

test('nor is what a file says', () => {
  const reason = `smtpServer “${link}” is not a host name or IP address.`;
  const plan = plainRefusal({ kind: 'refused', reason, suggestedRecipients: ['me@contoso.com'] });
  expect(plan).toMatchObject({ kind: 'refused', suggestedRecipients: ['me@contoso.com'] });
  for (const answer of [plan, plainRefusal({ kind: 'refused', reason })]) {
    expect(answer.reason).toContain('“[Reset your password] (command:');
  }
  expect(visible(link)).not.toMatch(isLink);
  expect(visible(`[${'x'.repeat(300)}](command:a)`)).not.toMatch(isLink);
  expect(oneSentence(new Error(link), t)).not.toMatch(isLink);
});

test('no answer of the server reaches a message by another way', () => {
  const askers = sources('client/src').filter(({ text }) => text.includes('.sendRequest<'));
  expect(askers.map(({ name }) => name)).toEqual(['client/src/server.ts']);
  const requests = askers[0]?.text.match(/\S*client\.sendRequest<\w+>|plain\w+\(await client\.sendRequest<\w+>/g);
  expect(requests).toEqual([
    'plainResult(await client.sendRequest<SendResult>',
    'client.sendRequest<ScopesResult>',
    'plainRefusal(await client.sendRequest<PlanResult>',
    // Shown in documents and in Problems, where nothing is a link.
    'client.sendRequest<EffectiveResult>',
    'client.sendRequest<CheckResult>',
    // Texts of ours.
    'client.sendRequest<NewFileResult>',
    'plainRefusal(await client.sendRequest<PowerShellResult>',
    // Numbers and a URI.
    'client.sendRequest<StatusResult>',
    'plainRefusal(await client.sendRequest<StartInboxResult>',
  ]);
});
