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
