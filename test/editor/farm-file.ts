/** Lines of a farm file for a mail server on this computer. The lens stands above `outgoingEmail`, in `lensLine`. */
export function farmFile(port: number, settings: readonly string[]): string {
  return [
    'version: 1',
    'farm:',
    '  sharePointVersion: SubscriptionEdition',
    '  outgoingEmail:',
    '    smtpServer: 127.0.0.1',
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
