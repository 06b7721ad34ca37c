import type { ExplanationEntry, Facts } from '../explain.ts';
import type { LoginFault } from '../mechanisms/mechanism.ts';
import { failure } from './matching.ts';
import { checkPassword, goesOn, lookForProxy, readLog, userOf } from './words.ts';

const fault = (name: LoginFault) => failure('login', { fault: name });
const mechanismOf = ({ failure: reason }: Facts) => (reason.kind === 'login' ? reason.mechanism : 'the login');

const notKnown = 'What SharePoint makes of such an answer is not known.';

/** A login that was stopped here, before or without a refusal by the server. */
export const loginFaultExplanations: readonly ExplanationEntry[] = [
  {
    id: 'login-ntlm-v1-only',
    severity: 'warning',
    when: fault('ntlmV1Only'),
    happened: 'The server speaks an NTLM without extended session security (NTLMv1). The login was stopped.',
    brief: ({ plan }) => `${plan.host} speaks NTLMv1 only, which can be broken; no answer was sent`,
    meaning:
      'An NTLMv1 answer can be broken, and gives away the password or what is as good as it. Whether SharePoint gives one depends on the security policy of its Windows Server.',
    who: 'the mail administrator',
    advice: [
      'Have NTLMv2 with extended session security turned on at the server.',
      'Use another mechanism until then.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-ntlm-no-target-info',
    severity: 'warning',
    when: fault('ntlmNoTargetInfo'),
    happened: 'The server’s NTLM challenge does not say whose it is (no target information). The login was stopped.',
    brief: ({ plan }) => `The NTLM challenge of ${plan.host} does not say whose it is; no answer was sent`,
    meaning:
      'An answer to it would be bound to nothing, and could be passed on to another server. What SharePoint does depends on its Windows Server.',
    who: 'the mail administrator',
    advice: ['Have the server’s NTLM looked at: it is old, or something garbles it.', lookForProxy],
    setting: 'authentication',
  },
  {
    id: 'login-ntlm-unbound',
    severity: 'warning',
    when: fault('ntlmUnbound'),
    happened:
      'The server’s certificate is signed in a way that an NTLM answer cannot be bound to, such as Ed25519. The login was stopped.',
    brief: ({ plan }) => `NTLM cannot be bound to the certificate of ${plan.host}; no answer was sent`,
    meaning:
      'An answer that is not bound to the certificate could be passed on to another server. What SharePoint does depends on its Windows Server.',
    who: 'the mail administrator',
    advice: ['Have a certificate signed with RSA or ECDSA put on the server.', 'Use another mechanism until then.'],
    setting: 'authentication',
  },
  {
    id: 'login-spnego-rejected',
    severity: 'error',
    when: fault('spnegoRejected'),
    happened: 'In the middle of GSSAPI the server said no to the login (SPNEGO “reject”).',
    brief: (facts) => `${facts.plan.host} refuses the login of ${userOf(facts)} in the middle of GSSAPI`,
    meaning: goesOn,
    who: 'whoever keeps this file',
    advice: [checkPassword, 'Ask whether the server takes NTLM and Kerberos within GSSAPI, and from this account.'],
    setting: 'authentication',
  },
  {
    id: 'login-no-layer',
    severity: 'warning',
    when: fault('noLayer'),
    happened:
      'After the GSSAPI login the server asks for a security layer inside it, or its offer is not signed properly.',
    brief: ({ plan }) => `The last step of GSSAPI fails at ${plan.host}: a layer is wanted, or its offer is not signed`,
    meaning:
      'The .NET mail client asks for no such layer, as TLS is there already. Where the server insists on one, SharePoint is likely to stop here too.',
    who: 'the mail administrator',
    advice: ['Have connections without a GSSAPI layer allowed where TLS is on.', lookForProxy],
    setting: 'authentication',
  },
  {
    id: 'login-too-early',
    severity: 'warning',
    when: fault('tooEarly'),
    happened: (facts) =>
      `The server said yes to ${mechanismOf(facts)} before it had proved who it is. The test was stopped.`,
    brief: (facts) => `${facts.plan.host} says yes to ${mechanismOf(facts)} before it has proved who it is`,
    meaning: 'A server that takes every login may be another than it seems. SharePoint may not notice.',
    who: 'the mail administrator',
    advice: ['Have the server and what stands before it examined.', readLog],
    setting: 'authentication',
  },
  {
    id: 'login-asks-user-name',
    severity: 'error',
    when: fault('asksForUserName'),
    happened: 'The server asks for the user name although it stands in the AUTH line. No password was sent.',
    brief: ({ plan }) => `${plan.host} asks for the user name twice; the login of SharePoint is likely to fail`,
    meaning: 'The .NET mail client answers that question with the password, and the login fails.',
    who: 'the mail administrator',
    advice: ['Have the server accept the user name in the AUTH LOGIN line (an initial response, RFC 4954).'],
    setting: 'authentication',
  },
  {
    id: 'login-malformed',
    severity: 'warning',
    when: fault('malformed'),
    happened: (facts) => `The server’s ${mechanismOf(facts)} message is cut off or damaged; the login was stopped.`,
    brief: (facts) => `The ${mechanismOf(facts)} message of ${facts.plan.host} is cut off or damaged`,
    meaning: notKnown,
    who: 'the mail administrator',
    advice: [lookForProxy, readLog],
    setting: 'authentication',
  },
  {
    id: 'login-not-base64',
    severity: 'warning',
    when: fault('notBase64'),
    happened: 'The server’s challenge is not base64 on one line, as it has to be; the login was stopped.',
    brief: ({ plan }) => `The challenge of ${plan.host} is not base64 on one line`,
    meaning: notKnown,
    who: 'the mail administrator',
    advice: [lookForProxy, readLog],
    setting: 'authentication',
  },
  {
    id: 'login-unexpected',
    severity: 'warning',
    when: failure('login'),
    happened: (facts) =>
      `The server asks for more than ${mechanismOf(facts)} has, or for something else; the login was stopped.`,
    brief: (facts) => `${facts.plan.host} asks for more than ${mechanismOf(facts)} has to say`,
    meaning: notKnown,
    who: 'the mail administrator',
    advice: [lookForProxy, readLog],
    setting: 'authentication',
  },
];
