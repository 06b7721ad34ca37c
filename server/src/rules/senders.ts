import type { Report } from '../lint/rule.ts';
import type { EffectiveSettings } from '../settings/model.ts';
import { loginOf, maySendAs, placeOfPair } from './logins.ts';

/** What is wrong, as said of the From address, and of a login that a web application brings. */
export interface SenderMessages {
  readonly from: string;
  readonly login: string;
}

/** Reports a From address in force that the login may not send as, as far as the file says. */
export function checkSender(settings: EffectiveSettings, messages: SenderMessages, report: Report): void {
  const { fromAddress, authentication } = settings;
  const login = loginOf(settings);
  if (fromAddress?.value === undefined || login === undefined) return;
  if (maySendAs(login, fromAddress.value) !== false) return;
  if (placeOfPair(fromAddress, authentication) === fromAddress) {
    report(fromAddress, messages.from, { related: [{ message: 'The login', at: authentication }] });
  } else {
    report(authentication, messages.login, { related: [{ message: 'The From address', at: fromAddress }] });
  }
}
