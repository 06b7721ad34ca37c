import type { EffectiveSettings, Login, Setting } from '../settings/model.ts';

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
] as const satisfies readonly (keyof EffectiveSettings)[];

export type SettingName = (typeof settingNames)[number];

export function isSettingName(name: unknown): name is SettingName {
  return settingNames.some((each) => each === name);
}

/** What a setting is, for people: the value, or why there is none to show. */
export function shownValue(setting: Setting<unknown> | undefined): string {
  if (setting === undefined) return 'not set';
  const { value, stated } = setting;
  if (value === undefined) {
    const node = stated?.node;
    return node?.kind === 'scalar' ? String(node.value) : 'filled in later';
  }
  if (value === null) return 'none';
  return isLogin(value) ? (value.userName?.value ?? 'a login without user name') : String(value);
}

function isLogin(value: unknown): value is Login {
  return typeof value === 'object' && value !== null && 'accountType' in value;
}
