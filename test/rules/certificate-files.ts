import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runOpenssl } from '../certificates/run-openssl.ts';

const made = new Map<string, Uint8Array>();

/**
 * The certificate file that a fixture names under `path`. None is kept in the repository: openssl makes them here. The
 * name tells the key: `dsa.crt`, `rsa.crt`, `rsa-pss.crt`, `ecdsa.crt`, `ed25519.crt`.
 */
export function certificateFile(name: string): Uint8Array {
  const known = made.get(name);
  if (known !== undefined) return known;
  const folder = mkdtempSync(path.join(tmpdir(), 'farm-email-certificates-'));
  const [key, certificate] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  const openssl = (...args: string[]): void => runOpenssl(args);
  const kind = path.basename(name).split('.')[0];
  if (kind === 'dsa') {
    const parameters = path.join(folder, 'dsa.pem');
    openssl('dsaparam', '-out', parameters, '1024');
    openssl('gendsa', '-out', key, parameters);
  } else if (kind === 'ecdsa') openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', key);
  else openssl('genpkey', '-algorithm', kind === 'ed25519' || kind === 'rsa-pss' ? kind : 'rsa', '-out', key);
  openssl('req', '-new', '-x509', '-key', key, '-subj', '/CN=SharePoint mail', '-days', '398', '-out', certificate);
  const bytes = new Uint8Array(readFileSync(certificate));
  rmSync(folder, { recursive: true });
  made.set(name, bytes);
  return bytes;
}
