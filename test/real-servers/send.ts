import PostalMime, { type Email } from 'postal-mime';
import type { Login } from '../../server/src/settings/model.ts';
import { Secret } from '../../server/src/settings/secret.ts';
import { sendTestEmail } from '../../server/src/smtp/attempt.ts';
import type { TestOutcome } from '../../server/src/smtp/outcome.ts';
import type { Authority } from '../servers/authority.ts';
import { limits, loopback, planOf } from '../smtp/attempt.ts';
import { login, setting, settings } from '../smtp/settings.ts';
import type { Account } from './accounts.ts';

export interface Sending {
  /** Who signed the server's certificate; without it nobody is trusted. */
  readonly authority?: Authority;
  readonly tls?: boolean;
  readonly login?: Account;
  readonly from?: string;
  readonly to?: string;
  readonly characterSet?: number;
}

/** Sends a test email to the server `localhost` on a port. */
export function send(port: number, wish: Sending = {}): Promise<TestOutcome> {
  const plan = planOf({
    settings: settings({
      smtpServer: setting('localhost'),
      smtpPort: setting(port),
      useTls: setting(wish.tls ?? true),
      ...(wish.login ? { authentication: setting<'anonymous' | Login>(login(wish.login.name)) } : {}),
      ...(wish.from ? { fromAddress: setting(wish.from) } : {}),
      ...(wish.characterSet ? { characterSet: setting<number | string>(wish.characterSet) } : {}),
    }),
  });
  return sendTestEmail({
    plan,
    to: wish.to ?? 'me@contoso.com',
    password: wish.login ? new Secret(wish.login.password) : undefined,
    network: loopback,
    signal: new AbortController().signal,
    trustedAuthorities: wish.authority ? [wish.authority.certificate] : [],
    limits,
  });
}

/** A mail as a server wrote it to disk, read. */
export function read(mail: Buffer | undefined): Promise<Email> {
  if (mail === undefined) throw new Error('There is no mail.');
  return PostalMime.parse(mail);
}

/** The value of a header, as it stands in the message. */
export function header(mail: Email, name: string): string | undefined {
  return mail.headers.find(({ key }) => key === name)?.value;
}
