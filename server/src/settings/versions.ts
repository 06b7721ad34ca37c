import type { SharePointVersion } from './model.ts';

/** The versions as people call them. */
export const versionNames: Readonly<Record<SharePointVersion, string>> = {
  '2013': 'SharePoint 2013',
  '2016': 'SharePoint 2016',
  '2019': 'SharePoint 2019',
  SubscriptionEdition: 'Subscription Edition',
};
