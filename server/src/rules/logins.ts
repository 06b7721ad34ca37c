import { mailServerOf } from '../settings/mail-servers.ts';
import type { Common, EffectiveSettings, Login, MailServer, Setting, Stated } from '../settings/model.ts';

/** The login in force; undefined where settings are anonymous or nothing is known of it. */
export function loginOf({ authentication: { value } }: EffectiveSettings): Login | undefined {
  return value === undefined || value === 'anonymous' ? undefined : value;
}

/** The Windows login in force. */
export function windowsLoginOf(settings: EffectiveSettings): Login | undefined {
  const login = loginOf(settings);
  return login?.accountType === 'windows' ? login : undefined;
}

/** The mechanisms that SharePoint can log in with, as a mail server announces them. */
export const usableMechanisms: readonly string[] = ['GSSAPI', 'NTLM', 'LOGIN'];

/** What the server that settings point at is declared to offer, in upper case; undefined where that is not known whole. */
export function mechanismsOf(settings: EffectiveSettings, common: Common): readonly string[] | undefined {
  const stated = mailServerOf(settings, common)?.authMechanisms;
  if (stated === undefined || !stated.isKnown) return undefined;
  return stated.value?.map(({ value = '' }) => value.toUpperCase());
}

/** True where Kerberos may be tried: the server is not declared without GSSAPI. */
export function mayUseKerberos(settings: EffectiveSettings, common: Common): boolean {
  return mechanismsOf(settings, common)?.includes('GSSAPI') ?? true;
}

/** Of two settings that disagree, the one that a finding stands on: the override where only one is, else the first. */
export function placeOfPair(first: Setting<unknown>, second: Setting<unknown>): Setting<unknown> {
  if (first.stated === undefined) return second;
  const onlySecond = second.origin === 'webApplication' && first.origin !== 'webApplication';
  return onlySecond ? second : first;
}

/** A user name that is an address; undefined for `DOMAIN\user` and for what is not known. */
export function addressOf({ userName }: Login): string | undefined {
  const text = userName?.value;
  return text !== undefined && /^[^\s@\\]+@[^\s@\\]+$/.test(text) ? text.toLowerCase() : undefined;
}

const senders = new WeakMap<readonly Stated<string>[], ReadonlySet<string>>();

/** Whether a login may send as an address, as far as the file says; undefined where a part of that is not known. */
export function maySendAs(login: Login, address: string): boolean | undefined {
  const wanted = address.trim().toLowerCase();
  if (addressOf(login) === wanted) return true;
  let listed = senders.get(login.sendAs);
  if (listed === undefined) {
    listed = new Set(login.sendAs.flatMap(({ value }) => value?.trim().toLowerCase() ?? []));
    senders.set(login.sendAs, listed);
  }
  if (listed.has(wanted)) return true;
  return addressOf(login) === undefined || login.sendAs.some(({ value }) => value === undefined) ? undefined : false;
}

/** True where a receive connector lets the account send as others, or the server is declared to allow it. */
export function allowsImpersonation(server: MailServer | undefined): boolean {
  if (server?.impersonation?.value === 'allowed') return true;
  const rights = server?.receiveConnector?.value?.extendedRights?.value ?? [];
  return rights.some(({ value }) => value !== undefined && sendingRights.has(value.toLowerCase()));
}

const sendingRights = new Set(['ms-exch-smtp-accept-any-sender', 'ms-exch-smtp-accept-authoritative-domain-sender']);
