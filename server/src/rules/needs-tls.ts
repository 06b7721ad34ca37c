import { addBeside, setValue } from '../lint/fix.ts';
import type { SettingsRule } from '../lint/rule.ts';
import { isSubmissionHost } from './exchange-online.ts';

type Context = Parameters<SettingsRule['check']>[0];

interface Need {
  /** The setting that needs TLS. */
  readonly key: 'authentication' | 'clientCertificate' | 'smtpPort';
  /** True where its value needs TLS. */
  readonly isSet: (value: unknown) => boolean;
  /** What is wrong with `useTls: false`. */
  readonly tlsIsOff: string;
  /** What is wrong with the setting that needs TLS. */
  readonly isWithoutTls: string;
  /** What the setting is, as a related place. */
  readonly name: string;
}

/**
 * Reports a setting that needs TLS where TLS is off: on `useTls`, whose change is the fix; on the setting itself where
 * a web application brings it and takes over the farm's `useTls`, which is right for the farm. For smtp.office365.com
 * exo-submission-tls speaks.
 */
export function checkNeedsTls({ settings, common, report }: Context, need: Need): void {
  const { useTls } = settings;
  const setting = settings[need.key];
  if (useTls.value !== false || !need.isSet(setting.value)) return;
  if (need.key !== 'clientCertificate' && isSubmissionHost(settings.smtpServer?.value)) return;
  const farmHasBoth = need.isSet(common.farm?.outgoingEmail?.value?.[need.key]?.value);
  if (setting.origin === 'webApplication' && useTls.origin === 'farm' && !farmHasBoth) {
    report(setting, need.isWithoutTls, {
      fix: addBeside('Turn TLS on for this web application', setting, 'useTls', true),
      related: [{ message: 'TLS is turned off here', at: useTls }],
    });
  } else {
    report(useTls, need.tlsIsOff, {
      fix: setValue('Turn TLS on', useTls, true),
      related: [{ message: need.name, at: setting }],
    });
  }
}
