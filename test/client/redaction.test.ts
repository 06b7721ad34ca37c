import { expect, test } from 'vitest';
import { oneSentence } from '../../client/src/one-sentence.ts';
import { withoutSecrets } from '../../client/src/redaction.ts';
import { t } from './translate.ts';

test.each(['hush', 'with "quotes" and \\ and }', 'line\nbreak', 'ünïcode ***', ''])(
  'invariant 9: a traced message does not hold the secret %j',
  (secret) => {
    const params = {
      to: 'me@contoso.com',
      secrets: { smtpPassword: secret, clientCertificatePassword: secret },
      token: 't',
    };
    const redacted = { ...params, secrets: { smtpPassword: '***', clientCertificatePassword: '***' } };
    for (const indent of [0, 4]) {
      expect(withoutSecrets(`Params: ${JSON.stringify(params, null, indent)}`)).toBe(
        `Params: ${JSON.stringify(redacted, null, indent)}`,
      );
    }
  },
);

test('a failure is told in one sentence, without its stack', () => {
  const error = new Error('Request farmEmail/plan failed with message: cannot read it\n    at plan (server.js:1:1)');
  expect(oneSentence(error, t)).toBe('Farm Email could not do this: cannot read it.');
  expect(oneSentence('no server.', t)).toBe('Farm Email could not do this: no server.');
});
