import { addBeside, setValue } from '../lint/fix.ts';
import type { ReportDetails } from '../lint/rule.ts';
import type { EffectiveSettings, Setting } from '../settings/model.ts';
import { loginOf, placeOfPair } from './logins.ts';

/** True where some features send in the name of the acting user. */
export function isImpersonationOn({ overrideEnvelopeSender }: EffectiveSettings): boolean {
  return overrideEnvelopeSender.value === false;
}

/** Where findings on impersonation stand, so that of several the strongest stays: and the way to turn it off. */
export function impersonationPlace(settings: EffectiveSettings): {
  readonly at: Setting<unknown>;
  readonly fix: ReportDetails['fix'];
} {
  const { overrideEnvelopeSender, authentication, smtpServer } = settings;
  const other = loginOf(settings) === undefined ? (smtpServer ?? authentication) : authentication;
  const title = 'Turn impersonation off';
  if (overrideEnvelopeSender.stated === undefined) {
    return { at: other, fix: addBeside(title, other, 'overrideEnvelopeSender', true) };
  }
  const at = placeOfPair(overrideEnvelopeSender, other);
  return at === overrideEnvelopeSender
    ? { at, fix: setValue(title, overrideEnvelopeSender, true) }
    : { at, fix: addBeside(`${title} for this web application`, other, 'overrideEnvelopeSender', true) };
}
