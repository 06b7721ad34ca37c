import type { Credentials, LoginContext, LoginFault } from '../mechanism.ts';
import { readChallenge } from './challenge.ts';
import { hmacMd5 } from './digests.ts';
import { common, flags, has, knownFlags } from './flags.ts';
import { authenticateMessage, micOffset, negotiateMessage } from './messages.ts';
import { netBiosName, ntlmUser } from './names.ts';
import { rc4 } from './rc4.ts';
import { fileTime, lmV2Response, ntlmV2Response, responseKey } from './responses.ts';
import { type Signatures, signatures } from './signatures.ts';
import { boundTargetInfo, timestampOf, writePairs } from './target-info.ts';

/** An NTLM login, its client's side: NTLMv2 with a MIC, or none. */
export interface NtlmClient {
  readonly negotiate: Uint8Array;
  /** The AUTHENTICATE to a CHALLENGE. */
  authenticate(challenge: Uint8Array): NtlmAnswer;
  /** Wipes every key. */
  wipe(): void;
}

export type NtlmAnswer =
  | {
      readonly kind: 'message';
      readonly message: Uint8Array;
      /** Undefined where the server does not sign. */
      readonly signatures: Signatures | undefined;
    }
  | { readonly kind: 'fault'; readonly fault: LoginFault };

export function ntlmClient(credentials: Credentials, context: LoginContext): NtlmClient {
  const negotiate = negotiateMessage();
  const keys: Uint8Array[] = [];
  const kept = (key: Uint8Array) => {
    keys.push(key);
    return key;
  };
  let signing: Signatures | undefined;

  return {
    negotiate,
    authenticate(message) {
      const challenge = readChallenge(message);
      if (challenge.kind === 'fault') return challenge;
      const { host, serverEndPoint } = context;
      if (!serverEndPoint) return { kind: 'fault', fault: 'ntlmUnbound' };
      const agreed = agreedFlags(challenge.flags);
      const user = ntlmUser(credentials.userName);
      const serverTime = timestampOf(challenge.targetInfo);
      const input = {
        key: kept(responseKey(credentials.password, user)),
        serverNonce: challenge.nonce,
        clientNonce: context.random(8),
        time: serverTime ?? fileTime(context.date),
        targetInfo: writePairs(boundTargetInfo(challenge.targetInfo, { host, serverEndPoint })),
      };
      const { ntResponse, sessionBaseKey } = ntlmV2Response(input);
      kept(sessionBaseKey);
      const exchanges = has(agreed, flags.keyExchange);
      const sessionKey = exchanges ? kept(context.random(16)) : sessionBaseKey;
      const authenticate = authenticateMessage({
        flags: agreed,
        user,
        workstation: netBiosName(context.clientName),
        lmResponse: serverTime ? new Uint8Array(24) : lmV2Response(input),
        ntResponse,
        encryptedKey: exchanges ? encrypted(sessionBaseKey, sessionKey) : new Uint8Array(),
      });
      authenticate.set(hmacMd5(sessionKey, negotiate, message, authenticate), micOffset);
      signing = has(agreed, flags.sign) ? signatures(sessionKey, agreed) : undefined;
      return { kind: 'message', message: authenticate, signatures: signing };
    },
    wipe() {
      for (const key of keys) key.fill(0);
      signing?.wipe();
    },
  };
}

/** A key is exchanged only for signatures. */
function agreedFlags(offered: number): number {
  const agreed = common(offered, knownFlags);
  return has(agreed, flags.sign) ? agreed : common(agreed, ~flags.keyExchange);
}

function encrypted(key: Uint8Array, plain: Uint8Array): Uint8Array {
  const stream = rc4(key);
  const bytes = stream.apply(plain);
  stream.wipe();
  return bytes;
}
