import { toBase64 } from '../base64.ts';
import type { Mechanism } from './mechanism.ts';
import { ntlmClient } from './ntlm/client.ts';

/** AUTH NTLM as System.Net.Mail does it, with NTLMv2: NEGOTIATE in the AUTH line, then CHALLENGE and AUTHENTICATE. */
export const ntlm: Mechanism = {
  name: 'NTLM',
  async begin(credentials, context) {
    const client = ntlmClient(credentials, context);
    let answered = false;
    return {
      initial: { kind: 'line', line: toBase64(client.negotiate) },
      inside: undefined,
      async answer(challenge) {
        if (answered) return { kind: 'fault', fault: 'unexpected' };
        const answer = client.authenticate(challenge);
        if (answer.kind === 'fault') return answer;
        answered = true;
        return { kind: 'line', line: toBase64(answer.message) };
      },
      end: () => (answered ? undefined : 'tooEarly'),
      dispose: () => client.wipe(),
    };
  },
};
