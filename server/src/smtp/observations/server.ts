import type { Tested } from '../observations.ts';
import { type ObservationEntry, passed } from './table.ts';

/** Milliseconds after which a step counts as slow. */
const slow = 5_000;

const failedAddresses = ({ result: { addresses, address } }: Tested) =>
  address === undefined ? [] : addresses.slice(0, Math.max(0, addresses.indexOf(address)));
const slowest = ({ result }: Tested) => [...result.steps].sort((a, b) => b.milliseconds - a.milliseconds)[0];
const isIpv6 = (address: string | undefined) => address?.includes(':') ?? false;
const isRemote = ({ plan }: Tested) => plan.route === 'asConfigured';

/** The server and the way to it. */
export const serverObservations: readonly ObservationEntry[] = [
  {
    id: 'address-without-answer',
    severity: 'warning',
    when: (tested) => failedAddresses(tested).length > 0,
    happened: (tested) =>
      `${tested.plan.host} leads to several addresses, and ${failedAddresses(tested).join(', ')} took no connection.`,
    brief: (tested) => `${tested.plan.host} has an address that takes no connection: ${failedAddresses(tested)[0]}`,
    meaning: 'Programs try the addresses in turn, so mail is slow, or fails where they try the first one only.',
    who: 'the network administrator',
    advice: ['Have the address taken out of the DNS entry, or the server behind it started.'],
    setting: 'smtpServer',
  },
  {
    id: 'old-server',
    severity: 'warning',
    when: (tested) => {
      const { conversation } = tested.result;
      const saidHelo = conversation.some(({ from, text }) => from === 'client' && text.startsWith('HELO '));
      return saidHelo && passed(tested, 'EHLO') && !tested.plan.tls;
    },
    happened: 'The server does not know EHLO, only HELO.',
    brief: ({ plan }) => `${plan.host} does not know EHLO: it has neither TLS nor a login to offer`,
    meaning: 'It can offer neither TLS nor a login. A proxy may answer in the server’s place.',
    who: 'the mail administrator',
    advice: ['Ask for a server with ESMTP.', 'Look for a proxy or firewall that rewrites SMTP.'],
    setting: 'smtpServer',
  },
  {
    id: 'slow-server',
    severity: 'information',
    when: (tested) => tested.result.stopped === undefined && (slowest(tested)?.milliseconds ?? 0) >= slow,
    happened: (tested) =>
      `The server took ${Math.round((slowest(tested)?.milliseconds ?? 0) / 1_000)} seconds at ${slowest(tested)?.name}.`,
    brief: (tested) => `${tested.plan.host} is slow at ${slowest(tested)?.name}`,
    meaning: 'Each mail of the farm may wait as long. Servers often slow down clients whose address has no name.',
    who: 'the mail administrator',
    advice: ['Have the farm’s addresses exempted from delays, and given a reverse DNS entry.'],
    setting: 'smtpServer',
  },
  {
    id: 'several-addresses',
    severity: 'information',
    when: (tested) => isRemote(tested) && tested.result.addresses.length > 1 && tested.result.address !== undefined,
    happened: ({ plan, result }) =>
      `${plan.host} leads to ${result.addresses.length} addresses; this test spoke to ${result.address}.`,
    brief: ({ plan, result }) => `${plan.host} leads to ${result.addresses.length} addresses; one of them was tested`,
    meaning: 'SharePoint may reach another of them, which can be set up differently.',
    who: 'the mail administrator',
    advice: ['Ask whether all of them have the same connectors and certificate.'],
    setting: 'smtpServer',
  },
  {
    id: 'reached-over-ipv6',
    severity: 'information',
    when: (tested) => isRemote(tested) && isIpv6(tested.result.address) && tested.result.address !== '::1',
    happened: ({ result }) => `The server was reached over IPv6 (${result.address}).`,
    brief: ({ plan }) => `${plan.host} was reached over IPv6; allowed addresses have to list IPv6 too`,
    meaning:
      'Lists of allowed addresses, SPF entries and reverse DNS have to know the IPv6 addresses of the farm as well.',
    who: 'the mail administrator',
    advice: ['Compare the addresses the farm goes out with and the lists on the server.'],
    setting: 'smtpServer',
  },
];
