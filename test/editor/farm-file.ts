import { expect } from 'vitest';
import type { Workbench } from './workbench.ts';

/** Lines of a farm file for a mail server on this computer. The lenses stand above `outgoingEmail`, in `lensLine`. */
export function farmFile(port: number, settings: readonly string[], host = '127.0.0.1'): string {
  return [
    'version: 1',
    'farm:',
    '  sharePointVersion: SubscriptionEdition',
    '  outgoingEmail:',
    `    smtpServer: ${host}`,
    `    smtpPort: ${port}`,
    ...settings.map((setting) => `    ${setting}`),
    '    fromAddress: sharepoint@northwindtraders.com',
    '    replyToAddress: helpdesk@northwindtraders.com',
    'testEmail:',
    '  to: [me@northwindtraders.com]',
    '',
  ].join('\n');
}

export const lensLine = 4;

/** The lenses where nothing is under way and nothing was tested yet. */
export const restingLenses = ['Send test email…', 'Probe…', 'Effective settings'];

/** The lenses after a test: between the others stands what became of it, and after a test email, how to repeat it. */
export function lensesAfter(purpose: 'send' | 'probe', verdict: unknown): readonly unknown[] {
  const [send, probe, effective] = restingLenses;
  return [send, probe, verdict, ...(purpose === 'send' ? ['Send again'] : []), effective];
}

/** What became of a test, without the time, as soon as its lens says so. */
export async function verdict(workbench: Workbench, purpose: 'send' | 'probe', line = lensLine): Promise<string> {
  await expect
    .poll(() => workbench.lensesAbove(line), { timeout: 20_000 })
    .toEqual(lensesAfter(purpose, expect.stringMatching(/ · \d\d:\d\d$/)));
  return (await workbench.lensesAbove(line))[2]?.replace(/ · \d\d:\d\d$/, '') ?? '';
}
