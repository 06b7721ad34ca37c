import { expect, test } from 'vitest';
import {
  cancelTitle,
  probeTitle,
  runningTitle,
  sendTitle,
  verdictTitle,
} from '../../client/src/test-email/lens-titles.ts';
import { transcriptName } from '../../client/src/test-email/transcript-name.ts';
import { t } from './translate.ts';

const at = new Date(2026, 10, 22, 14, 2, 7);

test('titles of the lenses', () => {
  expect(sendTitle(t)).toBe('$(mail)\u00a0Send test email…');
  expect(probeTitle(t)).toBe('$(pulse)\u00a0Probe…');
  expect(runningTitle('send', '', t)).toBe('$(sync~spin)\u00a0Sending…');
  expect(runningTitle('probe', '', t)).toBe('$(sync~spin)\u00a0Probing…');
  expect(runningTitle('probe', 'STARTTLS', t)).toBe('$(sync~spin)\u00a0STARTTLS…');
  expect(cancelTitle(t)).toBe('$(circle-slash)\u00a0Cancel');
  expect(verdictTitle({ outcome: 'accepted', summary: '250 accepted' }, at)).toBe('$(pass)\u00a0250 accepted · 14:02');
  expect(verdictTitle({ outcome: 'failed', summary: '535 5.7.8 at AUTH LOGIN' }, at)).toBe(
    '$(error)\u00a0535 5.7.8 at AUTH LOGIN · 14:02',
  );
});

test('the words of a server draw no icon and hide nothing', () => {
  expect(verdictTitle({ outcome: 'failed', summary: '550 $(pass) 250\u202e' }, at)).toBe(
    '$(error)\u00a0550 \\$(pass) 250\\u{202e} · 14:02',
  );
});

test('a transcript is named after what it is of, its scope and its second, and its name gives it its language', () => {
  expect(transcriptName({ purpose: 'send', title: 'the farm', at })).toBe(
    'Test email – the farm – 14.02.07.farm-email-transcript',
  );
  expect(transcriptName({ purpose: 'probe', title: 'https://portal.contoso.com/sites/', at })).toBe(
    'Probe – portal.contoso.com sites – 14.02.07.farm-email-transcript',
  );
});
