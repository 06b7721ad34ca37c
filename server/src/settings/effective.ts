import type {
  EffectiveSettings,
  FarmEmail,
  Login,
  OutgoingEmail,
  Scope,
  Setting,
  SharePointVersion,
  Stated,
  WebApplication,
} from './model.ts';

/** The settings of Central Administration: built-in values, and over them the farm's. */
export function farmSettings({ common: { farm } }: Pick<FarmEmail, 'common'>): EffectiveSettings {
  return settle(
    { kind: 'farm', name: farm?.name?.value ?? '' },
    farm?.version?.value,
    farm?.outgoingEmail?.value,
    undefined,
  );
}

/** The settings of a web application: built-in values, over them the farm's, over them its own, field by field. */
export function webApplicationSettings(
  { common: { farm } }: Pick<FarmEmail, 'common'>,
  webApplication: WebApplication,
): EffectiveSettings {
  const scope: Scope = { kind: 'webApplication', name: nameOf(webApplication), webApplication };
  return settle(scope, farm?.version?.value, farm?.outgoingEmail?.value, webApplication.outgoingEmail?.value);
}

/** As people call it: its name, else its URL. */
export function nameOf({ name, url }: WebApplication): string {
  return name?.value ?? url?.value ?? 'a web application without name and URL';
}

function settle(
  scope: Scope,
  version: SharePointVersion | undefined,
  farm: OutgoingEmail | undefined,
  own: OutgoingEmail | undefined,
): EffectiveSettings {
  const stated = <K extends keyof OutgoingEmail>(key: K): Setting<ValueOf<K>> | undefined => {
    const mine = own?.[key] as Stated<ValueOf<K>> | undefined;
    if (mine !== undefined) return { value: mine.value, origin: 'webApplication', stated: mine };
    const inherited = farm?.[key] as Stated<ValueOf<K>> | undefined;
    return inherited && { value: inherited.value, origin: 'farm', stated: inherited };
  };
  const or = <T>(setting: Setting<T> | undefined, value: T): Setting<T> =>
    setting ?? { value, origin: 'default', stated: undefined };
  return {
    scope,
    smtpServer: stated('smtpServer'),
    smtpPort: or(stated('smtpPort'), 25),
    useTls: or(stated('useTls'), version !== '2013'),
    authentication: or<'anonymous' | Login>(stated('authentication'), 'anonymous'),
    clientCertificate: or<string | null>(stated('clientCertificate'), null),
    fromAddress: stated('fromAddress'),
    replyToAddress: stated('replyToAddress'),
    characterSet: or<string | number>(stated('characterSet'), 65001),
    overrideEnvelopeSender: or(stated('overrideEnvelopeSender'), false),
  };
}

type ValueOf<K extends keyof OutgoingEmail> = NonNullable<OutgoingEmail[K]> extends Stated<infer T> ? T : never;
