import type { Tested } from '../observations.ts';
import { type PortFacts, portFactsOf } from '../ports.ts';
import type { ObservationEntry } from './table.ts';

const own = ({ plan, result }: Tested) => portFactsOf(plan, result);
const answers = ({ stopped }: PortFacts) =>
  stopped === undefined || !['resolve', 'connect', 'greeting', 'EHLO'].includes(stopped.step);

/** The first other port of which it is true. */
function other(tested: Tested, isTrue: (facts: PortFacts) => boolean): number | undefined {
  return tested.ports.find((facts) => facts.port !== tested.plan.port && isTrue(facts))?.port;
}

const withGssapi = ({ order }: PortFacts) => order.includes('GSSAPI');
const withStartTls = ({ offered }: PortFacts) => offered.startTls;
const withLogin = ({ order }: PortFacts) => order.length > 0;

/** What another port offers and this one does not. */
export const portObservations: readonly ObservationEntry[] = [
  {
    id: 'other-port-answers',
    severity: 'information',
    when: (tested) => {
      const step = tested.result.stopped?.step;
      return (step === 'connect' || step === 'greeting') && other(tested, answers) !== undefined;
    },
    happened: (tested) => `Port ${tested.plan.port} was not reached, and port ${other(tested, answers)} was.`,
    brief: (tested) =>
      `Port ${other(tested, answers)} of ${tested.plan.host} answers where port ${tested.plan.port} does not`,
    meaning: 'The server is there. Either smtpPort is wrong, or a firewall closes this port.',
    who: 'whoever keeps this file',
    advice: ['Ask which port is meant for the farm: 25 for a relay, 587 for submission with a login.'],
    setting: 'smtpPort',
  },
  {
    id: 'other-port-gssapi',
    severity: 'information',
    when: (tested) =>
      tested.plan.login !== undefined &&
      // NTLM stands there only where GSSAPI is not offered.
      own(tested).order.includes('NTLM') &&
      other(tested, withGssapi) !== undefined,
    happened: (tested) =>
      `Port ${tested.plan.port} offers NTLM and no GSSAPI; port ${other(tested, withGssapi)} offers GSSAPI.`,
    brief: (tested) =>
      `Port ${tested.plan.port} of ${tested.plan.host} offers NTLM only; port ${other(tested, withGssapi)} has GSSAPI (Kerberos)`,
    meaning: 'SharePoint can use Kerberos only where GSSAPI is offered.',
    who: 'whoever keeps this file',
    advice: (tested) => [`Set smtpPort to ${other(tested, withGssapi)}, if that port is meant for the farm.`],
    setting: 'smtpPort',
  },
  {
    id: 'other-port-starttls',
    severity: 'information',
    when: (tested) =>
      tested.plan.tls &&
      tested.result.stopped?.failure.kind === 'noStartTls' &&
      other(tested, withStartTls) !== undefined,
    happened: (tested) =>
      `Port ${tested.plan.port} offers no STARTTLS; port ${other(tested, withStartTls)} of the same server does.`,
    brief: (tested) => `STARTTLS is offered by ${tested.plan.host} on port ${other(tested, withStartTls)}`,
    meaning: 'With TLS on, SharePoint can send through that port as far as this goes.',
    who: 'whoever keeps this file',
    advice: (tested) => [`Set smtpPort to ${other(tested, withStartTls)}, if that port is meant for the farm.`],
    setting: 'smtpPort',
  },
  {
    id: 'other-port-login',
    severity: 'information',
    when: (tested) =>
      tested.plan.login !== undefined &&
      (tested.result.offered.afterTls !== undefined || !tested.plan.tls) &&
      own(tested).order.length === 0 &&
      other(tested, withLogin) !== undefined,
    happened: (tested) =>
      `Port ${tested.plan.port} offers no login that SharePoint knows; port ${other(tested, withLogin)} does.`,
    brief: (tested) => `A login is offered by ${tested.plan.host} on port ${other(tested, withLogin)}`,
    meaning: 'The settings name a user, and that port has a login for it.',
    who: 'whoever keeps this file',
    advice: (tested) => [`Set smtpPort to ${other(tested, withLogin)}, if that port is meant for the farm.`],
    setting: 'smtpPort',
  },
];
