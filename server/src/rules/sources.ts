import type { Source } from '../lint/rule.ts';

/** The public pages that the rules rest on; each is named once. */
export const planning: Source = {
  title: 'Plan outgoing email for a SharePoint Server farm (Microsoft Learn)',
  url: 'https://learn.microsoft.com/en-us/sharepoint/administration/outgoing-email-planning',
};

export const configuration: Source = {
  title: 'Configure outgoing email for a SharePoint Server farm (Microsoft Learn)',
  url: 'https://learn.microsoft.com/en-us/sharepoint/administration/outgoing-email-configuration',
};

export const setWebApplication: Source = {
  title: 'Set-SPWebApplication (SharePoint Server PowerShell reference)',
  url: 'https://learn.microsoft.com/en-us/powershell/module/microsoft.sharepoint.powershell/set-spwebapplication',
};

export const enableSsl: Source = {
  title: 'SmtpNetworkElement.EnableSsl: STARTTLS only, no SMTPS (.NET reference)',
  url: 'https://learn.microsoft.com/en-us/dotnet/api/system.net.configuration.smtpnetworkelement.enablessl',
};

export const clientCertificate: Source = {
  title: 'Outgoing SMTP support for client certificate authentication (Microsoft Learn)',
  url: 'https://learn.microsoft.com/en-us/sharepoint/administration/outgoing-smtp-support-for-client-certificate-authentication',
};

export const emailCredentials: Source = {
  title: "One or more servers can't retrieve the outgoing email credentials (SharePoint health rule)",
  url: 'https://learn.microsoft.com/en-us/sharepoint/technical-reference/one-or-more-servers-can-t-retrieve-the-outgoing-email-credentials',
};

export const setCredentialKey: Source = {
  title: 'Set-SPApplicationCredentialKey (SharePoint Server PowerShell reference)',
  url: 'https://learn.microsoft.com/en-us/powershell/module/microsoft.sharepoint.powershell/set-spapplicationcredentialkey',
};

export const whatsNew2016: Source = {
  title: 'New and improved features in SharePoint Server 2016 (Microsoft Learn)',
  url: 'https://learn.microsoft.com/en-us/sharepoint/what-s-new/new-and-improved-features-in-sharepoint-server-2016',
};

export const whatsNew2019: Source = {
  title: 'New and improved features in SharePoint Server 2019 (Microsoft Learn)',
  url: 'https://learn.microsoft.com/en-us/sharepoint/what-s-new/new-and-improved-features-in-sharepoint-server-2019',
};

export const encodings: Source = {
  title: 'System.Text.Encoding class: list of encodings (.NET documentation)',
  url: 'https://learn.microsoft.com/en-us/dotnet/fundamentals/runtime-libraries/system-text-encoding',
};

export const passwordInFile: Source = {
  title: 'CWE-260: Password in Configuration File (MITRE)',
  url: 'https://cwe.mitre.org/data/definitions/260.html',
};

export const yamlComments: Source = {
  title: 'YAML 1.2.2, section 6.6: comments',
  url: 'https://yaml.org/spec/1.2.2/#66-comments',
};

export const octopusSubstitution: Source = {
  title: 'Variable substitutions (Octopus Deploy documentation)',
  url: 'https://octopus.com/docs/projects/variables/variable-substitutions',
};

export const outboundEmail: Source = {
  title: "Outbound e-mail hasn't been configured (SharePoint health rule)",
  url: 'https://learn.microsoft.com/en-us/sharepoint/technical-reference/outbound-e-mail-has-not-been-configured',
};

export const outgoingEmailDsc: Source = {
  title: 'SPOutgoingEmailSettings (SharePointDsc)',
  url: 'https://github.com/dsccommunity/SharePointDsc/wiki/SPOutgoingEmailSettings',
};

export const farmDsc: Source = {
  title: 'SPFarm (SharePointDsc)',
  url: 'https://github.com/dsccommunity/SharePointDsc/wiki/SPFarm',
};

export const ipSupport: Source = {
  title: 'IP support in SharePoint Servers (Microsoft Learn)',
  url: 'https://learn.microsoft.com/en-us/sharepoint/install/ip-support',
};

export const clientSubmission: Source = {
  title: 'Authenticated client SMTP submission (Exchange documentation)',
  url: 'https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
};

export const smtpAuthentication: Source = {
  title: 'Finally: SMTP Authentication included with SharePoint 2019 (mikesblogs.net)',
  url: 'https://mikesblogs.net/finally-smtp-authentication-included-with-sharepoint-2019/',
};

export const targetName: Source = {
  title: 'SmtpClient.TargetName: the service principal name (.NET reference)',
  url: 'https://learn.microsoft.com/en-us/dotnet/api/system.net.mail.smtpclient.targetname',
};

export const receiveConnectors: Source = {
  title: 'Receive connectors (Exchange Server documentation)',
  url: 'https://learn.microsoft.com/en-us/exchange/mail-flow/connectors/receive-connectors',
};

export const reservedNames: Source = {
  title: 'RFC 2606: Reserved Top Level DNS Names',
  url: 'https://www.rfc-editor.org/rfc/rfc2606',
};

export const nonDeliveryReports: Source = {
  title: 'Email non-delivery reports and SMTP errors (Exchange Online documentation)',
  url: 'https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online',
};

export const overrideSender: Source = {
  title: 'Override mail sender: KB4011244 for SharePoint Server 2016 (thesharepointfarm.com)',
  url: 'https://thesharepointfarm.com/2020/11/override-mail-sender/',
};

export const anonymousRelay: Source = {
  title: 'Allow anonymous relay on Exchange servers (Exchange Server documentation)',
  url: 'https://learn.microsoft.com/en-us/exchange/mail-flow/connectors/allow-anonymous-relay',
};

export const setReceiveConnector: Source = {
  title: 'Set-ReceiveConnector (Exchange PowerShell reference)',
  url: 'https://learn.microsoft.com/en-us/powershell/module/exchangepowershell/set-receiveconnector',
};

export const deviceSetup: Source = {
  title: 'Send email from a device or application by Microsoft 365 (Exchange Online documentation)',
  url: 'https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365',
};

export const setOrganizationConfig: Source = {
  title: 'Set-OrganizationConfig: RejectDirectSend (Exchange PowerShell reference)',
  url: 'https://learn.microsoft.com/en-us/powershell/module/exchangepowershell/set-organizationconfig',
};

export const newInboundConnector: Source = {
  title: 'New-InboundConnector (Exchange PowerShell reference)',
  url: 'https://learn.microsoft.com/en-us/powershell/module/exchangepowershell/new-inboundconnector',
};

export const getCertificate: Source = {
  title: 'Get-SPCertificate (SharePoint Server PowerShell reference)',
  url: 'https://learn.microsoft.com/en-us/powershell/module/microsoft.sharepoint.powershell/get-spcertificate',
};

export const certificateHealthRules: Source = {
  title: 'New health analyzer rules for SSL certificates (Microsoft Learn)',
  url: 'https://learn.microsoft.com/en-us/sharepoint/administration/new-health-analyzer-rules-for-ssl-certificates',
};

export const importCertificate: Source = {
  title: 'Import-SPCertificate (SharePoint Server PowerShell reference)',
  url: 'https://learn.microsoft.com/en-us/powershell/module/microsoft.sharepoint.powershell/import-spcertificate',
};

export const newCertificate: Source = {
  title: 'New-SPCertificate (SharePoint Server PowerShell reference)',
  url: 'https://learn.microsoft.com/en-us/powershell/module/microsoft.sharepoint.powershell/new-spcertificate',
};

export const privateKeys: Source = {
  title: 'Private key management for SSL certificates (Microsoft Learn)',
  url: 'https://learn.microsoft.com/en-us/sharepoint/administration/private-key-management-for-ssl-certificates',
};
