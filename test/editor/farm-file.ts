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

/** Of the lenses where nothing is under way, what became of the last test; of a test email, beside the lens that repeats it. */
export async function verdict(workbench: Workbench, purpose: 'send' | 'probe', line = lensLine): Promise<string> {
  const again = purpose === 'send' ? ['Send again'] : [];
  await expect
    .poll(() => workbench.lensesAbove(line), { timeout: 20_000 })
    .toEqual([...restingLenses, expect.stringMatching(/ · \d\d:\d\d$/), ...again]);
  return (await workbench.lensesAbove(line))[restingLenses.length]?.replace(/ · \d\d:\d\d$/, '') ?? '';
}
