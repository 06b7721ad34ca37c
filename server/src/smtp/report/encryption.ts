import { visible } from '../../text/visible.ts';
import { dayOf } from '../explanations/words.ts';
import type { CertificateFacts, ClientCertificateUse, TlsAnswer } from '../network.ts';
import type { Plan } from '../plan.ts';
import type { Fact, Reported, Section } from './report.ts';

/** Certificates of a chain that are shown. */
const shownLinks = 6;

/** TLS, and the certificates on both sides. */
export function encryptionSection({ plan, result: { tls } }: Reported): Section {
  const title = 'Encryption';
  const say = (line: string): Section => ({ title, blocks: [{ kind: 'text', lines: [line] }] });
  const what = plan.purpose === 'probe' ? 'what is said' : 'this mail';
  if (!plan.tls) return say(`None: TLS is off in the settings. Everybody on the way can read ${what}.`);
  if (tls === undefined || tls.kind === 'failed') return say('TLS was not established.');
  const state =
    tls.kind === 'secured'
      ? `${tls.version}, ${tls.cipher}`
      : 'Certificate not accepted; nothing was sent after it was seen.';
  const rows = [
    { name: 'TLS', value: state },
    ...(tls.certificate ? certificateFacts(tls.certificate) : []),
    ...clientFacts(plan, tls),
  ];
  return { title, blocks: [{ kind: 'facts', rows }] };
}

function certificateFacts(certificate: CertificateFacts): readonly Fact[] {
  const { subject, names, issuer, selfSigned, validFrom, validTo, key, chain, fingerprint } = certificate;
  return [
    { name: 'Certificate', value: subject || '(none)' },
    { name: 'Names', value: names.join(', ') || '(none)' },
    { name: 'Issuer', value: `${issuer}${selfSigned ? ' (itself)' : ''}` },
    { name: 'Valid', value: `${dayOf(validFrom)} to ${dayOf(validTo)}` },
    ...(key === '' ? [] : [{ name: 'Key', value: key }]),
    ...chain.slice(0, shownLinks).map((link, i) => ({
      name: i === 0 ? 'Chain' : '',
      value: `${link.subject} (to ${dayOf(link.validTo)})`,
    })),
    { name: 'SHA-256', value: fingerprint },
  ];
}

function clientFacts(plan: Plan, tls: Exclude<TlsAnswer, { kind: 'failed' }>): readonly Fact[] {
  if (tls.kind !== 'secured') return [];
  return [{ name: 'Client certificate', value: useWords(tls.clientCertificate, plan) }];
}

function useWords(use: ClientCertificateUse, { clientCertificate }: Plan): string {
  const name = clientCertificate && `“${visible(clientCertificate.name)}”`;
  if (use === 'presented') return `asked for; ${name ?? 'one'} was presented`;
  if (use === 'askedAndNone') return `asked for; ${name ? `${name} was not presented` : 'none is set'}`;
  if (use === 'notAsked') return name ? `not asked for; ${name} is set in vain` : 'not asked for';
  return `${name ? `${name} is set; ` : ''}whether one was asked for is not known here`;
}
