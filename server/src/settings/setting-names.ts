import type { OutgoingEmail } from './model.ts';

/** The settings of outgoing email, in the order of the schema, as hover and reports show them. */
export const settingNames = [
  'smtpServer',
  'smtpPort',
  'useTls',
  'authentication',
  'fromAddress',
  'replyToAddress',
  'characterSet',
  'clientCertificate',
  'overrideEnvelopeSender',
] as const satisfies readonly (keyof OutgoingEmail)[];

export type SettingName = (typeof settingNames)[number];

export function isSettingName(name: unknown): name is SettingName {
  return settingNames.some((each) => each === name);
}
