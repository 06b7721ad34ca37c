import type { LoginAttempt } from './authenticate.ts';
import type { KerberosFailure } from './mechanisms/mechanism.ts';
import type { Entry } from './transcript.ts';

export type KerberosCause = KerberosFailure['cause'];

/** What the conversation says last of Kerberos: whose ticket it was, or why there was none. */
export function kerberosNote(conversation: readonly Entry[]): string | undefined {
  return conversation.findLast(({ from, text }) => from === 'note' && /^(?:Kerberos:|No Kerberos )/.test(text))?.text;
}

/** Why Kerberos could not be used; undefined where it was, or where this computer has none. */
export function kerberosCauseOf(logins: readonly LoginAttempt[]): KerberosCause | undefined {
  const cause = logins.findLast(({ noKerberos }) => noKerberos !== undefined)?.noKerberos;
  return cause === 'noLibrary' ? undefined : cause;
}
