/** A farm with as many web applications as `lines` lines of YAML hold, each with its own mistake-free settings. */
export function farmOf(lines) {
  const head = [
    'version: 1',
    'farm:',
    '  name: Contoso intranet',
    '  sharePointVersion: SubscriptionEdition',
    '  servers:',
    '    - name: SP-APP01',
    '      applicationCredentialKey: ${env:FARM_EMAIL_CREDENTIAL_KEY}',
    '  outgoingEmail:',
    '    smtpServer: smtp.contoso.com',
    '    smtpPort: 587',
    '    useTls: true',
    '    authentication:',
    '      userName: CONTOSO\\svc-mail',
    '      password: ${env:FARM_EMAIL_SMTP_PASSWORD}',
    '    fromAddress: sharepoint@contoso.com',
    '    replyToAddress: helpdesk@contoso.com',
    '    overrideEnvelopeSender: true',
    'webApplications:',
  ];
  const item = (n) => [
    `  - name: Portal ${n}`,
    `    url: https://portal${n}.contoso.com/`,
    '    outgoingEmail:',
    '      characterSet: 65001',
    `      fromAddress: portal${n}@contoso.com`,
    '      # who answers',
    `      replyToAddress: portal${n}-support@contoso.com`,
  ];
  const text = [...head];
  for (let n = 1; text.length + 7 <= lines; n++) text.push(...item(n));
  while (text.length < lines) text.push('# end');
  return `${text.join('\n')}\n`;
}
