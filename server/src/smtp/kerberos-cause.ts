import type { LoginAttempt } from './authenticate.ts';
import type { NoKerberos } from './mechanisms/mechanism.ts';
import type { Entry } from './transcript.ts';

/** Why Kerberos could not be used on this computer; undefined where it was, or where nobody asked for it. */
export function noKerberosOf(logins: readonly LoginAttempt[]): NoKerberos | undefined {
  return logins.findLast(({ noKerberos }) => noKerberos !== undefined)?.noKerberos;
}

/** The same in words. */
export const noKerberosWords: Readonly<Record<NoKerberos, string>> = {
  noTicket: 'there is no ticket for it',
  unknownService: 'the directory does not know the service',
  noKdc: 'no domain controller was reached',
  clock: 'the clocks are too far apart',
  wrongPassword: 'the domain controller refuses the password',
  other: 'this computer could not use it',
  noLibrary: 'no Kerberos library is installed for this test',
};

/** The last note of the conversation about Kerberos: why it could not be used, or whose ticket it was. */
export function kerberosNote(conversation: readonly Entry[]): string | undefined {
  return conversation.findLast(({ from, text }) => from === 'note' && /^(?:Kerberos: |No Kerberos )/.test(text))?.text;
}
