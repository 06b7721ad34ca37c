// Made from the files of this folder. `npm run generate` writes it anew.
import type { Rule } from '../lint/rule.ts';
import fromInvalid from './addresses/from-invalid.ts';
import fromIsServiceAccount from './addresses/from-is-service-account.ts';
import fromOrReplyMissing from './addresses/from-or-reply-missing.ts';
import replyToInvalid from './addresses/reply-to-invalid.ts';
import replyToNoReply from './addresses/reply-to-no-reply.ts';
import replyToNotMonitored from './addresses/reply-to-not-monitored.ts';
import reservedDomain from './addresses/reserved-domain.ts';
import authMechanismUnsupported from './authentication/auth-mechanism-unsupported.ts';
import authNotStated from './authentication/auth-not-stated.ts';
import authPort25 from './authentication/auth-port-25.ts';
import authUnsupported from './authentication/auth-unsupported.ts';
import authUserFormat from './authentication/auth-user-format.ts';
import authWithoutTls from './authentication/auth-without-tls.ts';
import fromNotLogin from './authentication/from-not-login.ts';
import kerberosHostName from './authentication/kerberos-host-name.ts';
import smtpServerIpWithKerberos from './authentication/smtp-server-ip-with-kerberos.ts';
import clientCertAmbiguous from './certificates/client-cert-ambiguous.ts';
import clientCertChain from './certificates/client-cert-chain.ts';
import clientCertDiffers from './certificates/client-cert-differs.ts';
import clientCertEku from './certificates/client-cert-eku.ts';
import clientCertExpired from './certificates/client-cert-expired.ts';
import clientCertExpiring from './certificates/client-cert-expiring.ts';
import clientCertExportable from './certificates/client-cert-exportable.ts';
import clientCertKeyAlgorithm from './certificates/client-cert-key-algorithm.ts';
import clientCertKeyReaders from './certificates/client-cert-key-readers.ts';
import clientCertKeyUsage from './certificates/client-cert-key-usage.ts';
import clientCertNeedsTls from './certificates/client-cert-needs-tls.ts';
import clientCertPrivateKey from './certificates/client-cert-private-key.ts';
import clientCertPublicCa from './certificates/client-cert-public-ca.ts';
import clientCertStore from './certificates/client-cert-store.ts';
import clientCertStrength from './certificates/client-cert-strength.ts';
import clientCertThumbprint from './certificates/client-cert-thumbprint.ts';
import clientCertUnknown from './certificates/client-cert-unknown.ts';
import clientCertUnreadable from './certificates/client-cert-unreadable.ts';
import clientCertUnsupported from './certificates/client-cert-unsupported.ts';
import clientCertUnused from './certificates/client-cert-unused.ts';
import serverIgnoresClientCert from './certificates/server-ignores-client-cert.ts';
import credentialKeyDiffers from './credential-key/credential-key-differs.ts';
import credentialKeyMissing from './credential-key/credential-key-missing.ts';
import credentialKeyReused from './credential-key/credential-key-reused.ts';
import credentialKeyUnsupported from './credential-key/credential-key-unsupported.ts';
import credentialKeyUnused from './credential-key/credential-key-unused.ts';
import exoBasicAuthRetiring from './exchange-online/exo-basic-auth-retiring.ts';
import exoConnectorCertDomain from './exchange-online/exo-connector-cert-domain.ts';
import exoConnectorIdentity from './exchange-online/exo-connector-identity.ts';
import exoDirectSendBlocked from './exchange-online/exo-direct-send-blocked.ts';
import exoDirectSendExternal from './exchange-online/exo-direct-send-external.ts';
import exoFromDomain from './exchange-online/exo-from-domain.ts';
import exoMxCredentials from './exchange-online/exo-mx-credentials.ts';
import exoMxPort from './exchange-online/exo-mx-port.ts';
import exoSubmissionAuth from './exchange-online/exo-submission-auth.ts';
import exoSubmissionImpersonation from './exchange-online/exo-submission-impersonation.ts';
import exoSubmissionPort from './exchange-online/exo-submission-port.ts';
import exoSubmissionSender from './exchange-online/exo-submission-sender.ts';
import exoSubmissionTls from './exchange-online/exo-submission-tls.ts';
import connectorAnySender from './impersonation/connector-any-sender.ts';
import connectorExternalWithAuth from './impersonation/connector-external-with-auth.ts';
import connectorExternalWithoutTls from './impersonation/connector-external-without-tls.ts';
import connectorOpenRange from './impersonation/connector-open-range.ts';
import connectorRightsMissing from './impersonation/connector-rights-missing.ts';
import connectorUsage from './impersonation/connector-usage.ts';
import impersonationBlocked from './impersonation/impersonation-blocked.ts';
import impersonationWithAuth from './impersonation/impersonation-with-auth.ts';
import overrideSenderUnsupported from './impersonation/override-sender-unsupported.ts';
import farmAddressNotAllowed from './mail-servers/farm-address-not-allowed.ts';
import serverRefusesAnonymous from './mail-servers/server-refuses-anonymous.ts';
import serverRefusesRelay from './mail-servers/server-refuses-relay.ts';
import serverWithoutInternet from './mail-servers/server-without-internet.ts';
import serverWithoutStarttls from './mail-servers/server-without-starttls.ts';
import characterSetEastAsian from './message/character-set-east-asian.ts';
import codePageNotUtf8 from './message/code-page-not-utf8.ts';
import codePageUnknown from './message/code-page-unknown.ts';
import codePageUnsafe from './message/code-page-unsafe.ts';
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
  authMechanismUnsupported,
  authNotStated,
  authPort25,
  authUnsupported,
  authUserFormat,
  authWithoutTls,
  characterSetEastAsian,
  clientCertAmbiguous,
  clientCertChain,
  clientCertDiffers,
  clientCertEku,
  clientCertExpired,
  clientCertExpiring,
  clientCertExportable,
  clientCertKeyAlgorithm,
  clientCertKeyReaders,
  clientCertKeyUsage,
  clientCertNeedsTls,
  clientCertPrivateKey,
  clientCertPublicCa,
  clientCertStore,
  clientCertStrength,
  clientCertThumbprint,
  clientCertUnknown,
  clientCertUnreadable,
  clientCertUnsupported,
  clientCertUnused,
  codePageNotUtf8,
  codePageUnknown,
  codePageUnsafe,
  connectorAnySender,
  connectorExternalWithAuth,
  connectorExternalWithoutTls,
  connectorOpenRange,
  connectorRightsMissing,
  connectorUsage,
  credentialKeyDiffers,
  credentialKeyMissing,
  credentialKeyReused,
  credentialKeyUnsupported,
  credentialKeyUnused,
  duplicateWebApplication,
  exoBasicAuthRetiring,
  exoConnectorCertDomain,
  exoConnectorIdentity,
  exoDirectSendBlocked,
  exoDirectSendExternal,
  exoFromDomain,
  exoMxCredentials,
  exoMxPort,
  exoSubmissionAuth,
  exoSubmissionImpersonation,
  exoSubmissionPort,
  exoSubmissionSender,
  exoSubmissionTls,
  farmAddressNotAllowed,
  farmTargetNotCentralAdmin,
  fromInvalid,
  fromIsServiceAccount,
  fromNotLogin,
  fromOrReplyMissing,
  impersonationBlocked,
  impersonationWithAuth,
  kerberosHostName,
  overrideEqualsFarm,
  overrideSenderUnsupported,
  overrideWithoutFarmDefault,
  placeholderNotQuoted,
  portImplicitTls,
  portRange,
  portUnsupported,
  replyToInvalid,
  replyToNoReply,
  replyToNotMonitored,
  reservedDomain,
  secretInPlainText,
  serverIgnoresClientCert,
  serverRefusesAnonymous,
  serverRefusesRelay,
  serverWithoutInternet,
  serverWithoutStarttls,
  smtpServerIpWithKerberos,
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
