import { toBase64 } from '../base64.ts';
import type { Mechanism } from './mechanism.ts';

/**
 * AUTH LOGIN as System.Net.Mail does it: the user name, in UTF-8, goes in the AUTH line, and the first challenge is
 * answered with the password.
 */
export const login: Mechanism = {
  name: 'LOGIN',
  async begin({ userName, password }) {
    let answered = false;
    return {
      initial: { kind: 'line', line: toBase64(new TextEncoder().encode(userName)) },
      inside: undefined,
      async answer(challenge) {
        if (answered) return { kind: 'fault', fault: 'unexpected' };
        // A server that ignores the user name in the AUTH line would take the password for it, and write it in its log.
        if (/^user/i.test(new TextDecoder().decode(challenge))) return { kind: 'fault', fault: 'asksForUserName' };
        answered = true;
        return { kind: 'line', line: toBase64(new TextEncoder().encode(password.reveal())) };
      },
      end: () => undefined,
      dispose() {},
    };
  },
};
