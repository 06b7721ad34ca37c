import { realpath } from 'node:fs/promises';
import { readRegularFile } from './files.ts';

/** Reads the authorities that the user trusts besides those of this computer. */
export async function readAuthorities(
  files: readonly string[],
): Promise<
  | { readonly kind: 'authorities'; readonly pem: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string }
> {
  const pem: string[] = [];
  for (const file of files) {
    const bytes = await realpath(file)
      .then((real) => readRegularFile(real, 1024 * 1024))
      .catch((error) => `it could not be opened (${error.code})`);
    if (typeof bytes === 'string') return { kind: 'refused', reason: `${file} is not read: ${bytes}.` };
    const text = new TextDecoder().decode(bytes);
    if (!text.includes('-----BEGIN CERTIFICATE-----')) {
      return { kind: 'refused', reason: `${file} holds no certificate in PEM.` };
    }
    pem.push(text);
  }
  return { kind: 'authorities', pem };
}
