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
import duplicateWebApplication from './scope/duplicate-web-application.ts';
import farmTargetNotCentralAdmin from './scope/farm-target-not-central-admin.ts';
import overrideEqualsFarm from './scope/override-equals-farm.ts';
import overrideWithoutFarmDefault from './scope/override-without-farm-default.ts';
import smtpServerMissing from './scope/smtp-server-missing.ts';
import versionBuildMismatch from './scope/version-build-mismatch.ts';
import placeholderNotQuoted from './secrets/placeholder-not-quoted.ts';
import secretInPlainText from './secrets/secret-in-plain-text.ts';
import portImplicitTls from './transport/port-implicit-tls.ts';
import portRange from './transport/port-range.ts';
import portUnsupported from './transport/port-unsupported.ts';
import smtpServerIpWithTls from './transport/smtp-server-ip-with-tls.ts';
import smtpServerIpv62013 from './transport/smtp-server-ipv6-2013.ts';
import smtpServerNotAHost from './transport/smtp-server-not-a-host.ts';
import smtpServerShortNameTls from './transport/smtp-server-short-name-tls.ts';
import submissionPortWithoutTls from './transport/submission-port-without-tls.ts';
import tlsDisabled from './transport/tls-disabled.ts';
import tlsFirstHop from './transport/tls-first-hop.ts';
import tlsNotStated from './transport/tls-not-stated.ts';
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
  duplicateWebApplication,
  farmTargetNotCentralAdmin,
  overrideEqualsFarm,
  overrideWithoutFarmDefault,
  placeholderNotQuoted,
  portImplicitTls,
  portRange,
  portUnsupported,
  replyToNoReply,
  secretInPlainText,
  smtpServerIpWithTls,
  smtpServerIpv62013,
  smtpServerMissing,
  smtpServerNotAHost,
  smtpServerShortNameTls,
  submissionPortWithoutTls,
  tlsDisabled,
  tlsFirstHop,
  tlsNotStated,
  tlsUnsupported,
  versionBuildMismatch,
];
