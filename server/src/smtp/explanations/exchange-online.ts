import type { ExplanationEntry } from '../explain.ts';
import { envelope, reply } from './matching.ts';
import { codesOf, otherAddress, quoted, readLog, repeatOnFarm, userOf } from './words.ts';

const addConnector = 'Have an inbound connector for the farm’s addresses or certificate.';
const codes = (family: string, ...last: readonly number[]) => last.map((number) => `${family}.${number}`);

/** What Exchange Online says of logins, tenants, connectors and senders; and Exchange of its own state. */
export const exchangeOnlineExplanations: readonly ExplanationEntry[] = [
  {
    id: 'login-exchange-online-off',
    severity: 'error',
    when: reply({ codes: [535, 550], text: /SmtpClientAuthentication is disabled/i }, 'authenticate', 'MAIL FROM'),
    happened: (facts) =>
      `Logins for sending (SMTP AUTH) are switched off for this tenant or mailbox: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} has SMTP AUTH switched off for this tenant or mailbox${codesOf(facts)}`,
    meaning: 'Exchange Online takes no login with user name and password here. SharePoint has no OAuth for SMTP.',
    who: 'the mail administrator',
    advice: [
      'Have it switched on for this mailbox: Set-CASMailbox -SmtpClientAuthenticationDisabled $false. Security defaults and authentication policies can block it too.',
      'Better for the long run: a connector relay (smtpServer is then the tenant’s MX host, port 25, anonymous).',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-exchange-online-policy',
    severity: 'error',
    when: reply({ codes: [535], enhanced: ['5.7.139'] }, 'authenticate'),
    happened: (facts) => `Exchange Online refuses the login, by a policy as it seems: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refuses the login of ${userOf(facts)}, probably by a policy${codesOf(facts)}`,
    meaning:
      'Conditional access, security defaults or an authentication policy may refuse this account; the password may be right.',
    who: 'the directory administrator',
    advice: [
      'Have the sign-in log of the account read: it names the policy.',
      'Use a connector relay, which needs no login.',
    ],
    setting: 'authentication',
  },
  {
    id: 'login-basic-retired',
    severity: 'error',
    when: reply({ enhanced: ['5.7.30'], text: /basic authentication is not supported/i }, 'authenticate', 'MAIL FROM'),
    happened: (facts) => `Exchange Online takes no user name and password any more: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} takes no user name and password any more${codesOf(facts)}`,
    meaning: 'Basic authentication for sending is retired or turned off there, and SharePoint has no OAuth for SMTP.',
    who: 'the mail administrator',
    advice: [
      'Use a connector relay: smtpServer is then the tenant’s MX host, port 25, with TLS and authentication: anonymous.',
      'Or relay through an Exchange Server of your own.',
      'Ask whether the tenant’s administrator can turn it on again for a while.',
    ],
    setting: 'authentication',
  },
  {
    id: 'direct-send-refused',
    severity: 'error',
    when: reply({ codes: [550], enhanced: ['5.7.68'], text: /direct send not allowed/i }, ...envelope),
    happened: (facts) => `The tenant refuses Direct Send: ${quoted(facts)}.`,
    brief: (facts) => `The tenant behind ${facts.plan.host} refuses Direct Send${codesOf(facts)}`,
    meaning: 'Anonymous mail from the organisation’s own domain is refused unless an inbound connector fits it.',
    who: 'the mail administrator',
    advice: [addConnector, 'Or log in at another server.'],
    setting: 'smtpServer',
  },
  {
    id: 'connector-not-matched',
    severity: 'warning',
    when: reply({ codes: [550], enhanced: ['5.7.64'], text: /TenantAttribution/i }, ...envelope),
    happened: (facts) => `Exchange Online finds no connector for this mail: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} finds no connector that fits this computer${codesOf(facts)}`,
    meaning: `The inbound connector knows the sender by IP address or certificate. ${otherAddress}`,
    who: 'the mail administrator',
    advice: ['Compare the connector’s addresses with those the farm goes out with.', repeatOnFarm],
    setting: 'smtpServer',
  },
  {
    id: 'connector-wrong-region',
    severity: 'warning',
    when: reply({ enhanced: ['4.4.62'], text: /wrong region/i }, ...envelope),
    happened: (facts) => `Exchange Online says that this mail came to the wrong region: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} is the wrong region of Exchange Online for this mail${codesOf(facts)}`,
    meaning: 'The connector’s addresses or certificate do not match any more, or smtpServer is another tenant’s host.',
    who: 'the mail administrator',
    advice: ['Compare smtpServer with the tenant’s MX host.', 'Have the inbound connector brought up to date.'],
    setting: 'smtpServer',
  },
  {
    id: 'tenant-blocked',
    severity: 'error',
    when: reply({ enhanced: codes('5.7', 705, 708) }, ...envelope),
    happened: (facts) => `Exchange Online blocks the tenant, or the address the mail comes from: ${quoted(facts)}.`,
    brief: (facts) => `Exchange Online blocks the tenant or the address this comes from${codesOf(facts)}`,
    meaning: 'Mail is refused until the block is lifted.',
    who: 'the mail administrator',
    advice: ['Have the reason looked up in the tenant’s mail protection, and the block lifted.', repeatOnFarm],
    setting: 'smtpServer',
  },
  {
    id: 'sender-domain-not-registered',
    severity: 'error',
    when: reply({ enhanced: ['5.7.750'] }, ...envelope),
    happened: (facts) => `Exchange Online sees mail from domains that are not registered there: ${quoted(facts)}.`,
    brief: (facts) =>
      `Exchange Online does not know the domain of ${facts.plan.from} as the tenant’s own${codesOf(facts)}`,
    meaning: 'The domain of fromAddress has to be one of the tenant’s verified domains.',
    who: 'the mail administrator',
    advice: ['Have the domain added and verified.', 'Or set fromAddress to an address of a verified domain.'],
    setting: 'fromAddress',
  },
  {
    id: 'sender-banned',
    severity: 'error',
    when: reply({ enhanced: ['5.1.8', ...codes('5.7', 501, 502, 503, 504, 505, 507, 508, 510, 511)] }, ...envelope),
    happened: (facts) => `The server has banned this sender, or the address the mail comes from: ${quoted(facts)}.`,
    brief: (facts) =>
      `${facts.plan.host} has banned ${facts.plan.from} or the address this comes from${codesOf(facts)}`,
    meaning: 'A ban of the sender concerns the farm too; one of the address may not.',
    who: 'the mail administrator',
    advice: ['Have the ban and its reason looked up.', repeatOnFarm],
    setting: 'fromAddress',
  },
  {
    id: 'server-out-of-resources',
    severity: 'warning',
    when: reply({
      codes: [421, 451, 452],
      enhanced: ['4.3.1'],
      text: /insufficient (?:system )?(?:resources|storage)/i,
    }),
    happened: (facts) => `The server lacks room or memory to take mail: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} lacks room or memory to take mail${codesOf(facts)}`,
    meaning: 'The farm’s mail is put off as well (Exchange calls it back pressure).',
    who: 'the mail administrator',
    advice: ['Have the server’s disks, queues and memory looked at.'],
  },
  {
    id: 'server-not-active',
    severity: 'warning',
    when: reply({ codes: [421, 451, 453], text: /not (?:currently )?active|not accepting/i }),
    happened: (facts) => `The mail service is not active at the moment: ${quoted(facts)}.`,
    brief: (facts) => `The mail service of ${facts.plan.host} is not active${codesOf(facts)}`,
    meaning: 'The farm’s mail fails as long as this lasts.',
    who: 'the mail administrator',
    advice: ['Have the components of the server and its maintenance mode looked at.'],
  },
  {
    id: 'next-hop-timeout',
    severity: 'warning',
    when: reply({ codes: [421, 450, 451], enhanced: ['4.4.1'] }),
    happened: (facts) => `The server says that a connection took too long: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} says that a connection took too long${codesOf(facts)}`,
    meaning:
      'Usually it did not reach the next server; then the fault lies behind it, and SharePoint’s mail meets it too.',
    who: 'the mail administrator',
    advice: ['Have the way from this server to the next one looked at.', readLog],
  },
];
