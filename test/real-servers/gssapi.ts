import { createRequire } from 'node:module';
import type { Authority } from '../servers/authority.ts';
import { afterTls } from './dialogue.ts';
import { kerberosPackage } from './kerberos-addon.mjs';

/** The part of the npm package kerberos that is used here. Tokens are base64. */
interface KerberosPackage {
  readonly GSS_MECH_OID_KRB5: number;
  readonly GSS_MECH_OID_SPNEGO: number;
  readonly GSS_C_MUTUAL_FLAG: number;
  readonly GSS_C_INTEG_FLAG: number;
  initializeClient(service: string, options: { mechOID: number; gssFlags: number }): Promise<KerberosClient>;
}

interface KerberosClient {
  readonly contextComplete: boolean;
  step(token: string): Promise<string | null>;
  wrap(text: string): Promise<string>;
  unwrap(token: string): Promise<string>;
}

export interface GssapiLogin {
  /** Service name, e.g. `SMTPSVC`; its host is localhost. */
  readonly service: string;
  /** Whether Kerberos tokens go inside SPNEGO, as .NET does it. */
  readonly spnego: boolean;
  /** Whether the first token goes with AUTH. */
  readonly initial: boolean;
}

export interface GssapiDialogue {
  /** Mechanisms offered after STARTTLS. */
  readonly offered: string;
  /** What each answer from AUTH on was. */
  readonly answers: readonly ('empty challenge' | 'token' | 'layers' | string)[];
  /** The octets of the layer step, in hexadecimal. */
  readonly layers: string | undefined;
}

/**
 * Logs in with AUTH GSSAPI, with the tickets of this process (KRB5_CONFIG, KRB5CCNAME) and other people's Kerberos: what
 * the servers here are measured with.
 */
export async function gssapiLogin(port: number, authority: Authority, wish: GssapiLogin): Promise<GssapiDialogue> {
  const kerberos: KerberosPackage = createRequire(import.meta.url)(kerberosPackage);
  const client = await kerberos.initializeClient(`${wish.service}@localhost`, {
    mechOID: wish.spnego ? kerberos.GSS_MECH_OID_SPNEGO : kerberos.GSS_MECH_OID_KRB5,
    gssFlags: kerberos.GSS_C_MUTUAL_FLAG | kerberos.GSS_C_INTEG_FLAG,
  });
  const { say, offered, close } = await afterTls(port, authority);
  const answers: string[] = [];
  let layers: string | undefined;
  const token = (await client.step('')) ?? '';
  let answer = await say(wish.initial ? `AUTH GSSAPI ${token}` : 'AUTH GSSAPI');
  if (!wish.initial && answer === '334 ') {
    answers.push('empty challenge');
    answer = await say(token);
  }
  while (answer.startsWith('334 ')) {
    const challenge = answer.slice(4);
    if (client.contextComplete) {
      answers.push('layers');
      layers = Buffer.from(await client.unwrap(challenge), 'base64').toString('hex');
      // No layer, and no other name than the ticket's.
      answer = await say(await client.wrap(Buffer.from([1, 0, 0, 0]).toString('base64')));
    } else {
      answers.push('token');
      answer = await say((await client.step(challenge)) ?? '');
    }
  }
  close();
  return { offered, answers: [...answers, answer], layers };
}
