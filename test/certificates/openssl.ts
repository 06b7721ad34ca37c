import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOpenssl } from './run-openssl.ts';

/** A throw-away folder in which openssl makes certificates for a test. No key is ever kept in the repository. */
export interface Workshop {
  readonly folder: string;
  /** Runs openssl in the folder; throws with what it said where it fails. */
  run(...args: readonly string[]): void;
  /** A self-signed certificate `name.pem` with its key `name.key`. */
  selfSigned(name: string, newKey: readonly string[], ...more: readonly string[]): Uint8Array;
  /** `root.pem`, `issuing.pem` and `client.pem`, each signed by the one before, with their keys. */
  chain(): void;
  /** A certificate `name.pem` with its key `name.key`, signed by `authority.pem`; the extensions as a file of openssl has them. */
  issued(name: string, authority: string, newKey: readonly string[], extensions?: readonly string[]): void;
  read(file: string): Uint8Array<ArrayBuffer>;
  text(file: string): string;
  write(file: string, content: string | Uint8Array): void;
  close(): void;
}

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'farm-email-certificates-'));
  const run = (...args: readonly string[]): void => runOpenssl(args, folder);
  const read = (file: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(join(folder, file)));
  const write = (file: string, content: string | Uint8Array): void => writeFileSync(join(folder, file), content);
  const issue = (name: string, subject: string, issuer: string, extensions: string): void => {
    write(`${name}.ext`, extensions);
    run(
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-subj',
      subject,
      '-out',
      `${name}.csr`,
    );
    const signed = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial', '-extfile', `${name}.ext`];
    run('x509', '-req', '-in', `${name}.csr`, ...signed, '-days', '398', '-out', `${name}.pem`);
  };
  return {
    folder,
    run,
    read,
    write,
    text: (file) => readFileSync(join(folder, file), 'utf8'),
    selfSigned(name, newKey, ...more) {
      run('genpkey', ...newKey, '-out', `${name}.key`);
      const made = ['req', '-x509', '-new', '-key', `${name}.key`, '-days', '30', '-out', `${name}.pem`];
      run(...made, ...(more.includes('-subj') ? more : ['-subj', `/CN=${name}`, ...more]));
      return read(`${name}.pem`);
    },
    issued(name, authority, newKey, extensions = []) {
      write(`${name}.ext`, extensions.join('\n'));
      run('genpkey', ...newKey, '-out', `${name}.key`);
      run('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
      const signed = ['-CA', `${authority}.pem`, '-CAkey', `${authority}.key`, '-CAcreateserial'];
      const made = ['-extfile', `${name}.ext`, '-days', '30', '-out', `${name}.pem`];
      run('x509', '-req', '-in', `${name}.csr`, ...signed, ...made);
    },
    chain() {
      run(
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'root.key',
        '-subj',
        '/C=US/O=Contoso/CN=Contoso Root',
        '-out',
        'root.pem',
      );
      issue(
        'issuing',
        '/C=US/O=Contoso/CN=Contoso Issuing CA',
        'root',
        'basicConstraints=critical,CA:true\nkeyUsage=keyCertSign,cRLSign',
      );
      issue(
        'client',
        '/O=Contoso/CN=smtp-client.contoso.com',
        'issuing',
        'keyUsage=digitalSignature\nextendedKeyUsage=clientAuth\nsubjectAltName=DNS:relay.contoso.com,DNS:smtp-client.contoso.com',
      );
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
