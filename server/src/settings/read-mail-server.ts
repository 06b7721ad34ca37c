import type { Mapping } from '../document/node.ts';
import type { ExchangeOnline, MailServer, ReceiveConnector, Relay, Stated } from './model.ts';
import { isBoolean, isTextOrInteger, listAt, mappingAt, once, textAt, valueAt } from './values.ts';

/** Undefined for a server without a host. */
export const readMailServer = once((node): MailServer | undefined => {
  const host = textAt(node, 'host');
  if (host === undefined) return undefined;
  return {
    host,
    kind: textAt(node, 'kind'),
    startTls: valueAt(node, 'startTls', isBoolean),
    anonymousAccess: valueAt(node, 'anonymousAccess', isBoolean),
    relay: partAt(node, 'relay', readRelay),
    clientCertificates: textAt(node, 'clientCertificates'),
    authMechanisms: listAt(node, 'authMechanisms'),
    impersonation: textAt(node, 'impersonation'),
    receiveConnector: partAt(node, 'receiveConnector', readReceiveConnector),
    exchangeOnline: partAt(node, 'exchangeOnline', readExchangeOnline),
    node,
  };
});

function partAt<T>(mapping: Mapping, key: string, read: (node: Mapping) => T): Stated<T> | undefined {
  const stated = mappingAt(mapping, key);
  return stated?.value && { ...stated, value: read(stated.value) };
}

function readRelay(node: Mapping): Relay {
  return {
    allowed: valueAt(node, 'allowed', isBoolean),
    internetAccess: valueAt(node, 'internetAccess', isBoolean),
    allowedIpAddresses: listAt(node, 'allowedIpAddresses'),
  };
}

function readReceiveConnector(node: Mapping): ReceiveConnector {
  return {
    name: textAt(node, 'name'),
    exchangeVersion: valueAt(node, 'exchangeVersion', isTextOrInteger),
    usage: textAt(node, 'usage'),
    authentication: listAt(node, 'authentication'),
    permissionGroups: listAt(node, 'permissionGroups'),
    remoteIpRanges: listAt(node, 'remoteIpRanges'),
    extendedRights: listAt(node, 'extendedRights'),
  };
}

function readExchangeOnline(node: Mapping): ExchangeOnline {
  return {
    option: textAt(node, 'option'),
    acceptedDomains: listAt(node, 'acceptedDomains'),
    smtpAuthReEnabled: valueAt(node, 'smtpAuthReEnabled', isBoolean),
    rejectDirectSend: valueAt(node, 'rejectDirectSend', isBoolean),
    connector: partAt(node, 'connector', (connector) => ({
      ipAddresses: listAt(connector, 'ipAddresses'),
      certificateDomain: textAt(connector, 'certificateDomain'),
    })),
  };
}
