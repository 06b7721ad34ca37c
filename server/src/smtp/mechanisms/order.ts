import { login } from './login.ts';
import { type Mechanism, type MechanismName, mechanismNames } from './mechanism.ts';

/** Every mechanism we can use, each loaded when a server first asks for it. */
const mechanisms: Readonly<Record<MechanismName, () => Promise<Mechanism>>> = {
  GSSAPI: async () => login,
  NTLM: async () => login,
  LOGIN: async () => login,
};

/**
 * The mechanisms System.Net.Mail tries with a server that offers these, in order, each after a refusal of the one before;
 * NTLM is skipped where GSSAPI is offered. Empty where SharePoint can speak none of them.
 */
export function sharePointOrder(offered: readonly string[]): readonly MechanismName[] {
  const known = mechanismNames.filter((name) => name === 'LOGIN' && offered.includes(name));
  return known.includes('GSSAPI') ? known.filter((name) => name !== 'NTLM') : known;
}

export function mechanismOf(name: MechanismName): Promise<Mechanism> {
  return mechanisms[name]();
}
