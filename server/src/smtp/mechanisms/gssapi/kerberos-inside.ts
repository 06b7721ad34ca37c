import type {
  Credentials,
  KerberosContext,
  KerberosFailure,
  LoginContext,
  LoginFault,
  NoKerberos,
} from '../mechanism.ts';
import type { Inside } from './inside.ts';

/** Kerberos with its first token; or none, and the reason noted; or why there can be no login at all. */
export type KerberosStart =
  | { readonly kind: 'begun'; readonly inside: Inside; readonly token: Uint8Array }
  | { readonly kind: 'none'; readonly cause: NoKerberos }
  | { readonly kind: 'fault'; readonly cause: NoKerberos; readonly fault: LoginFault };

const instead = 'NTLM is tried inside GSSAPI instead, as Windows does.';

/** Begins with Kerberos where this computer can. Nothing is said to the mail server. */
export async function startKerberos(credentials: Credentials, context: LoginContext): Promise<KerberosStart> {
  const { kerberos, host, note } = context;
  if (!kerberos) {
    note(`No Kerberos library is installed on this computer. ${instead}`);
    return { kind: 'none', cause: 'noLibrary' };
  }
  const begun = await kerberos.begin({ host, credentials });
  if (begun.kind === 'failure') return notBegun(begun, context);
  const first = await begun.step(undefined);
  if (first.kind === 'failure') return notBegun(first, context);
  return { kind: 'begun', inside: kerberosInside(begun, credentials, note), token: first.token };
}

function notBegun({ cause, detail }: KerberosFailure, { host, note }: LoginContext): KerberosStart {
  const happened = `Kerberos: ${happenings(host)[cause]} (${detail}).`;
  if (cause !== 'wrongPassword') {
    note(`${happened} ${instead}`);
    return { kind: 'none', cause };
  }
  // Windows does not fall back then, and one more wrong password might lock the account.
  note(happened);
  return { kind: 'fault', cause, fault: 'wrongPassword' };
}

function happenings(host: string): Readonly<Record<KerberosFailure['cause'], string>> {
  return {
    noTicket: 'this computer has no ticket',
    unknownService: `the service SMTPSVC/${host} is not known to it`,
    noKdc: 'no Kerberos server (KDC) could be reached',
    clock: 'the clock of this computer is too far from that of the Kerberos server',
    wrongPassword: 'the user name or the password is wrong',
    other: 'it could not be used',
  };
}

function kerberosInside(kerberos: KerberosContext, { userName }: Credentials, note: LoginContext['note']): Inside {
  return {
    name: 'Kerberos',
    async step(token) {
      const answer = await kerberos.step(token);
      if (answer.kind === 'failure') {
        note(`Kerberos: the server’s answer was not accepted (${answer.detail}).`);
        return { kind: 'fault', fault: 'unexpected' };
      }
      if (answer.complete && kerberos.principal !== undefined) note(principalNote(kerberos.principal, userName));
      return { kind: 'token', token: answer.token.length > 0 ? answer.token : undefined, complete: answer.complete };
    },
    // The library makes no signature without a message. None is needed: Kerberos is the first we offer.
    sign: () => undefined,
    isSigned: () => false,
    wrap: (text) => kerberos.wrap(text),
    unwrap: (message) => kerberos.unwrap(message),
    wipe() {},
  };
}

/** Whose ticket it was, which need not be that of the user in the settings. */
function principalNote(principal: string, userName: string): string {
  const isSame = nameAlone(principal) === nameAlone(userName);
  return `Kerberos: the ticket is that of ${principal}${isSame ? '' : `, and not of ${userName}`}.`;
}

function nameAlone(user: string): string {
  return user.replace(/^.*\\/, '').replace(/@.*$/, '').toLowerCase();
}
