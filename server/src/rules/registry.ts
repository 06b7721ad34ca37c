// Made from the files of this folder. `npm run generate` writes it anew.
import type { Rule } from '../lint/rule.ts';
import replyToNoReply from './addresses/reply-to-no-reply.ts';
import authUnsupported from './authentication/auth-unsupported.ts';
import authWithoutTls from './authentication/auth-without-tls.ts';
import clientCertKeyAlgorithm from './certificates/client-cert-key-algorithm.ts';
import clientCertNeedsTls from './certificates/client-cert-needs-tls.ts';
import credentialKeyDiffers from './credential-key/credential-key-differs.ts';
import credentialKeyMissing from './credential-key/credential-key-missing.ts';
import codePageUnknown from './message/code-page-unknown.ts';
import placeholderNotQuoted from './secrets/placeholder-not-quoted.ts';
import secretInPlainText from './secrets/secret-in-plain-text.ts';
import portImplicitTls from './transport/port-implicit-tls.ts';
import smtpServerNotAHost from './transport/smtp-server-not-a-host.ts';
import tlsUnsupported from './transport/tls-unsupported.ts';

/** Every rule, in the order of their ids. */
export const rules: readonly Rule[] = [
  authUnsupported,
  authWithoutTls,
  clientCertKeyAlgorithm,
  clientCertNeedsTls,
  codePageUnknown,
  credentialKeyDiffers,
  credentialKeyMissing,
  placeholderNotQuoted,
  portImplicitTls,
  replyToNoReply,
  secretInPlainText,
  smtpServerNotAHost,
  tlsUnsupported,
];
