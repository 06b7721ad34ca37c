import path from 'node:path';
import type { Account } from './accounts.ts';
import { libraries } from './debian.mjs';
import type { Kerberos } from './kerberos.ts';
import type { LoginService } from './postfix.ts';
import { type Environment, runProgram, unpacked, write } from './program.ts';

export interface CyrusWish {
  /** For LOGIN, PLAIN and NTLM, without a domain in the name for NTLM. */
  readonly users?: readonly Account[];
  /** As Cyrus SASL writes them, e.g. LOGIN, NTLM, GSSAPI, GSS-SPNEGO. */
  readonly mechanisms: readonly string[];
  /** For GSSAPI: accepts the service smtp/<host name of Postfix> and no other. */
  readonly kerberos?: Kerberos;
  /** Who may log in with NTLM inside GSSAPI, which is Debian's gss-ntlmssp then; `DOMAIN\user`. */
  readonly ntlmInGssapi?: Account;
}

/** The Cyrus SASL library inside Postfix, with its own database of users and passwords. */
export function cyrusLogins(wish: CyrusWish): LoginService {
  return {
    async prepare(folder, hostName) {
      const database = path.join(folder, 'sasldb2');
      for (const { name, password } of wish.users ?? []) {
        await runProgram(unpacked('usr/sbin/saslpasswd2'), ['-p', '-c', '-f', database, '-u', hostName, name], {
          folder,
          env: plugins,
          input: password,
        });
      }
      write(folder, 'sasl/smtpd.conf', [
        'pwcheck_method: auxprop',
        'auxprop_plugin: sasldb',
        `sasldb_path: ${database}`,
        `mech_list: ${wish.mechanisms.join(' ')}`,
        ...(wish.kerberos ? [`keytab: ${wish.kerberos.keytab}`] : []),
      ]);
      return {
        // With a domain here every name would end with it.
        settings: { smtpd_sasl_type: 'cyrus', smtpd_sasl_path: 'smtpd', smtpd_sasl_local_domain: '' },
        env: {
          ...plugins,
          ...wish.kerberos?.env,
          ...(wish.ntlmInGssapi ? gssNtlmssp(folder, wish.ntlmInGssapi) : {}),
        },
      };
    },
  };
}

const plugins = { SASL_PATH: path.join(libraries(), 'sasl2') };

/** The mechanism NTLM for the GSS-API library, and its one account. */
function gssNtlmssp(folder: string, { name, password }: Account): Environment {
  const library = unpacked(`usr/lib/${path.basename(libraries())}/gssntlmssp/gssntlmssp.so`);
  return {
    GSS_MECH_CONFIG: write(folder, 'gss-mechanisms', [`gssntlmssp_v1 1.3.6.1.4.1.311.2.2.10 ${library}`]),
    NTLM_USER_FILE: write(folder, 'ntlm-users', [`${name.replace('\\', ':')}:${password}`]),
  };
}
