import { joinBytes } from '../../../certificates/der.ts';
import type { Credentials, LoginContext } from '../mechanism.ts';
import { ntlmClient } from '../ntlm/client.ts';
import { type Signatures, signatureLength } from '../ntlm/signatures.ts';
import type { Inside } from './inside.ts';

/** NTLM inside SPNEGO. A wrapped message is its signature and then the text itself: integrity, as .NET asks for. */
export function ntlmInside(credentials: Credentials, context: LoginContext): Inside {
  const client = ntlmClient(credentials, context);
  let signatures: Signatures | undefined;
  return {
    name: 'NTLM',
    async step(token) {
      if (!token) return { kind: 'token', token: client.negotiate, complete: false };
      const answer = client.authenticate(token);
      if (answer.kind === 'fault') return answer;
      signatures = answer.signatures;
      return { kind: 'token', token: answer.message, complete: true };
    },
    sign(text) {
      const signature = signatures?.sign(text);
      signatures?.restartKeyStreams();
      return signature;
    },
    isSigned(text, signature) {
      const isRight = signatures?.isSigned(text, signature) ?? false;
      signatures?.restartKeyStreams();
      return isRight;
    },
    wrap: async (text) => signatures && joinBytes([signatures.sign(text), text]),
    async unwrap(message) {
      const text = message.subarray(signatureLength);
      return signatures?.isSigned(text, message.subarray(0, signatureLength)) ? text : undefined;
    },
    wipe: () => client.wipe(),
  };
}
