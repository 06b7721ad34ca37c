import type { NeededSecret } from '../../server/src/lsp/protocol.ts';

const names: Record<NeededSecret['id'], true> = { smtpPassword: true, clientCertificatePassword: true };

const secretInJson = new RegExp(`("(?:${Object.keys(names).join('|')})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'g');

/** A printed protocol message with the value of every secret replaced by `***`. */
export function withoutSecrets(message: string): string {
  return message.replace(secretInJson, '$1"***"');
}
