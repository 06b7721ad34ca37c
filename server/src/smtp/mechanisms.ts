import type { Secret } from '../settings/secret.ts';

export interface Credentials {
  readonly userName: string;
  readonly password: Secret;
}

/** What a login answers to a challenge; a fault stops it. */
export type Answer =
  | { readonly kind: 'answer'; readonly line: string }
  | { readonly kind: 'fault'; readonly fault: 'asksForUserName' | 'unexpected' };

export interface Mechanism {
  /** As in `AUTH name`. */
  readonly name: string;
  /** Begins a login: what follows the name in the AUTH line, and how each challenge is answered, in turn. */
  begin(credentials: Credentials): { readonly initial: string; answer(challenge: Uint8Array): Answer };
}

/** The mechanisms SharePoint can use, in its order (domain-facts: "GSSAPI, then NTLM, then LOGIN"). */
export const sharePointMechanisms = ['GSSAPI', 'NTLM', 'LOGIN'] as const;

/**
 * AUTH LOGIN as System.Net.Mail does it: the user name, in UTF-8, goes in the AUTH line, and the first challenge is
 * answered with the password.
 */
const login: Mechanism = {
  name: 'LOGIN',
  begin({ userName, password }) {
    let answered = false;
    return {
      initial: base64(userName),
      answer(challenge) {
        if (answered) return { kind: 'fault', fault: 'unexpected' };
        // A server that ignores the user name in the AUTH line would take the password for it, and write it in its log.
        if (/^user/i.test(new TextDecoder().decode(challenge))) return { kind: 'fault', fault: 'asksForUserName' };
        answered = true;
        return { kind: 'answer', line: base64(password.reveal()) };
      },
    };
  },
};

/** The mechanisms this version can use, in SharePoint's order. */
export const mechanisms: readonly Mechanism[] = [login];

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
