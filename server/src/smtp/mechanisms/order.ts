import { type Mechanism, type MechanismName, mechanismNames } from './mechanism.ts';

/** Every mechanism, each loaded when a server first asks for it. */
const mechanisms: Readonly<Record<MechanismName, () => Promise<Mechanism>>> = {
  GSSAPI: async () => (await import('./gssapi.ts')).gssapi,
  NTLM: async () => (await import('./ntlm.ts')).ntlm,
  LOGIN: async () => (await import('./login.ts')).login,
};

/**
 * The mechanisms System.Net.Mail tries with a server that offers these, in order, each after a refusal of the one before;
 * NTLM is skipped where GSSAPI is offered. Empty where SharePoint can speak none of them.
 */
export function sharePointOrder(offered: readonly string[]): readonly MechanismName[] {
  const known = mechanismNames.filter((name) => offered.includes(name));
  return known.includes('GSSAPI') ? known.filter((name) => name !== 'NTLM') : known;
}

export function mechanismOf(name: MechanismName): Promise<Mechanism> {
  return mechanisms[name]();
}
