import type { Node } from '../../server/src/document/node.ts';
import { emptyBlock } from '../../server/src/document/tree.ts';
import type {
  Certificate,
  EffectiveSettings,
  Login,
  Origin,
  SecretReference,
  Setting,
  Stated,
} from '../../server/src/settings/model.ts';

const block = emptyBlock('whole', '');
const node: Node = { kind: 'scalar', value: null, style: 'plain', block, start: 0, end: 0, parent: undefined };

/** A value as if it stood in a file; undefined for a placeholder. */
export function stated<T>(value: T | undefined): Stated<T> {
  return { value, node, key: undefined };
}

export function setting<T>(value: T | undefined, origin: Origin = 'farm'): Setting<T> {
  return { value, origin, stated: origin === 'default' ? undefined : stated(value) };
}

export const passwordReference: SecretReference = { kind: 'environment', name: 'FARM_EMAIL_SMTP_PASSWORD' };

export function login(userName: string, password: SecretReference = passwordReference): Login {
  return { userName: stated(userName), password: stated(password), accountType: 'windows', sendAs: [] };
}

/** A certificate of this name, in a file beside. */
export function certificate(name: string): Certificate {
  return {
    name: stated(name),
    path: stated(`${name}.pfx`),
    password: undefined,
    thumbprint: undefined,
    store: undefined,
    hasPrivateKey: undefined,
    keyAlgorithm: undefined,
    keySize: undefined,
    keyUsage: undefined,
    extendedKeyUsage: undefined,
    notAfter: undefined,
    issuer: undefined,
    exportable: undefined,
    privateKeyReaders: undefined,
  };
}

/** Settings of a farm that sends over TLS without a login, but for what is given. */
export function settings(overrides: Partial<EffectiveSettings> = {}): EffectiveSettings {
  return {
    scope: { kind: 'farm', name: 'Contoso intranet' },
    smtpServer: setting('smtp.contoso.com'),
    smtpPort: setting(25, 'default'),
    useTls: setting(true),
    authentication: setting<'anonymous' | Login>('anonymous'),
    clientCertificate: setting<string | null>(null, 'default'),
    fromAddress: setting('sharepoint@contoso.com'),
    replyToAddress: setting('helpdesk@contoso.com', 'webApplication'),
    characterSet: setting<number | string>(65001, 'default'),
    overrideEnvelopeSender: setting(false, 'default'),
    ...overrides,
  };
}
