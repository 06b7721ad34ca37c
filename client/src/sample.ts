/** A farm-email file with one mistake, for the walkthrough: port 465, which SharePoint cannot speak to. */
export const sampleText = `# A sample: nothing here is sent anywhere unless you say so.
version: 1

farm:
  name: Contoso intranet
  sharePointVersion: SubscriptionEdition
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 465
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com

webApplications:
  - name: Portal
    url: https://portal.contoso.com/
    outgoingEmail:
      replyToAddress: portal-support@contoso.com

testEmail:
  to: [me@contoso.com]
`;
