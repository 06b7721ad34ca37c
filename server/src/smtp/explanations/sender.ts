import type { ExplanationEntry, Facts } from '../explain.ts';
import { isSenderDenied } from '../reply-words.ts';
import { allOf, anyOf, envelope, isLoggedIn, reply, replyThat } from './matching.ts';
import { codesOf, loginNotTaken, lookAtLogin, otherAddress, quoted, repeatOnFarm } from './words.ts';

const hasLogin = ({ plan }: Facts) => plan.login !== undefined;
const senderDenied = replyThat(isSenderDenied, ...envelope);
const domainOf = ({ plan }: Facts) => plan.from.slice(plan.from.indexOf('@') + 1);
const checksAddress = `These checks look at the address the mail comes from. ${otherAddress}`;

const sendAs = ({ plan }: Facts) => [
  'Set fromAddress to the mailbox of the login.',
  'Or grant the account the right to send as this address (Exchange: Send As, or ms-Exch-SMTP-Accept-Authoritative-Domain-Sender on the receive connector).',
  ...(plan.overrideEnvelopeSender
    ? []
    : [
        'Mail in the name of users is likely to be refused too: set overrideEnvelopeSender to true, or grant that right.',
      ]),
];

/** MAIL FROM, and what is said of the sender later. */
export const senderExplanations: readonly ExplanationEntry[] = [
  {
    id: 'sender-not-ascii',
    severity: 'error',
    when: reply({ enhanced: ['5.6.7'], text: /SMTPUTF8/i }, ...envelope),
    happened: (facts) => `The server does not take addresses outside ASCII (no SMTPUTF8): ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} takes no addresses outside ASCII (no SMTPUTF8)${codesOf(facts)}`,
    meaning: 'SharePoint’s mail with such addresses is refused as well.',
    who: 'whoever keeps this file',
    advice: ['Use addresses of plain letters, digits and the usual signs.'],
    setting: 'fromAddress',
  },
  {
    id: 'sender-syntax',
    severity: 'error',
    when: anyOf(
      reply({ codes: [501, 550, 553, 555], enhanced: ['5.1.7'] }, 'MAIL FROM'),
      reply({ codes: [501, 553, 555], text: /syntax|bad sender|invalid (?:sender|address)|malformed/i }, 'MAIL FROM'),
    ),
    happened: (facts) => `The server finds the sender ${facts.plan.from} badly written: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} finds fromAddress ${facts.plan.from} badly written${codesOf(facts)}`,
    meaning: 'SharePoint uses the same sender, and is likely to be refused for the same reason.',
    who: 'whoever keeps this file',
    advice: ['Check fromAddress: one plain address, such as sharepoint@contoso.com.'],
    setting: 'fromAddress',
  },
  {
    id: 'from-header-refused',
    severity: 'error',
    when: reply({ enhanced: ['5.7.512'] }, ...envelope),
    happened: (facts) => `The server finds no valid From in the message: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} finds no valid From in the message${codesOf(facts)}`,
    meaning: 'SharePoint writes fromAddress there, or the acting user where it sends in the name of users.',
    who: 'whoever keeps this file',
    advice: ['Check fromAddress.', 'Look for something on the way that rewrites headers.'],
    setting: 'fromAddress',
  },
  {
    id: 'sender-domain-unknown',
    severity: 'error',
    when: reply(
      { text: /domain (?:not found|does not exist|not exist)|sender.*(?:domain must|unresolv|verify)/i },
      'MAIL FROM',
      'RCPT TO',
    ),
    happened: (facts) => `The server does not find the sender’s domain ${domainOf(facts)}: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} does not find the domain of ${facts.plan.from}${codesOf(facts)}`,
    meaning:
      'Many servers take no mail from a domain without a DNS entry. SharePoint’s mail is likely to be refused the same way.',
    who: 'whoever keeps this file',
    advice: [
      'Check the spelling of fromAddress.',
      'Use a domain that has an MX or address entry in the DNS the server asks.',
    ],
    setting: 'fromAddress',
  },
  {
    id: 'send-as-denied',
    severity: 'error',
    when: allOf(isLoggedIn, senderDenied),
    happened: (facts) => `The login may not send as ${facts.plan.from}: ${quoted(facts)}.`,
    brief: (facts) => `The login may not send as ${facts.plan.from}${codesOf(facts)}`,
    meaning: 'SharePoint’s mail is refused as long as From and the login do not fit.',
    who: 'the mail administrator',
    advice: sendAs,
    setting: 'fromAddress',
  },
  {
    id: 'send-as-denied-anonymous',
    severity: 'warning',
    when: senderDenied,
    happened: (facts) => `Without a login nobody may send as ${facts.plan.from} here: ${quoted(facts)}.`,
    brief: (facts) => `Without a login nobody may send as ${facts.plan.from}${codesOf(facts)}`,
    meaning: (facts) =>
      hasLogin(facts)
        ? loginNotTaken
        : `SharePoint sends anonymously with these settings, as the same sender, and is likely to be refused the same way. ${otherAddress}`,
    who: 'the mail administrator',
    advice: (facts) => [
      hasLogin(facts) ? lookAtLogin : 'Set authentication with an account that may send as this address, and useTls.',
      'Or have the farm’s addresses allowed to send as it (Exchange: ms-Exch-SMTP-Accept-Authoritative-Domain-Sender on a connector of their own).',
    ],
    setting: 'authentication',
  },
  {
    id: 'sender-blocked',
    severity: 'warning',
    when: reply(
      { codes: [450, 550, 553, 554, 571], text: /blocked|black ?list|block ?list|spamhaus|reputation|\brbl\b|dnsbl/i },
      ...envelope,
    ),
    happened: (facts) => `The address this computer comes from, or the sender, is on a block list: ${quoted(facts)}.`,
    brief: (facts) => `The address this computer comes from, or the sender, is on a block list${codesOf(facts)}`,
    meaning: `${otherAddress.slice(0, -1)}, and this may not concern it.`,
    who: 'the mail administrator',
    advice: [repeatOnFarm, 'Have the listing examined.'],
    setting: 'smtpServer',
  },
  {
    id: 'sender-ipv6',
    severity: 'warning',
    when: reply({ enhanced: ['4.7.26', '5.7.26'], text: /ipv6/i }, ...envelope),
    happened: (facts) => `The server wants SPF or DKIM of whoever sends over IPv6: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} wants SPF or DKIM of whoever sends over IPv6${codesOf(facts)}`,
    meaning: checksAddress,
    who: 'the mail administrator',
    advice: ['Have SPF and DKIM set up for the domain, IPv6 addresses included.', 'Or let the farm send over IPv4.'],
    setting: 'fromAddress',
  },
  {
    id: 'sender-no-reverse-dns',
    severity: 'warning',
    when: reply({ enhanced: ['4.7.25', '5.7.25'], text: /reverse (?:dns|lookup|hostname)|\bPTR\b/i }, ...envelope),
    happened: (facts) => `The address the mail comes from has no name (reverse DNS): ${quoted(facts)}.`,
    brief: (facts) => `The address this computer comes from has no reverse DNS entry${codesOf(facts)}`,
    meaning: checksAddress,
    who: 'the network administrator',
    advice: ['Have a PTR entry made for the farm’s outgoing address.', repeatOnFarm],
    setting: 'smtpServer',
  },
  {
    id: 'sender-spf',
    severity: 'warning',
    when: reply({ enhanced: ['5.7.23', '4.7.23'], text: /\bSPF\b/i }, ...envelope),
    happened: (facts) => `By its SPF entry ${domainOf(facts)} does not send from this address: ${quoted(facts)}.`,
    brief: (facts) => `The SPF entry of ${domainOf(facts)} does not list the address this comes from${codesOf(facts)}`,
    meaning: checksAddress,
    who: 'the mail administrator',
    advice: ['Have the farm’s outgoing address added to the SPF entry of the domain.', repeatOnFarm],
    setting: 'fromAddress',
  },
  {
    id: 'sender-dmarc',
    severity: 'warning',
    when: reply({ enhanced: ['5.7.509'], text: /\bDMARC\b/i }, ...envelope),
    happened: (facts) => `By its DMARC policy ${domainOf(facts)} wants such mail refused: ${quoted(facts)}.`,
    brief: (facts) => `The DMARC policy of ${domainOf(facts)} wants such mail refused${codesOf(facts)}`,
    meaning: `Neither SPF nor DKIM vouches for this mail. ${otherAddress.slice(0, -1)}, which SPF may know.`,
    who: 'the mail administrator',
    advice: [
      'Have the farm’s outgoing address added to the SPF entry of the domain.',
      'Or have the relay sign with DKIM.',
    ],
    setting: 'fromAddress',
  },
  {
    id: 'sender-domain-policy',
    severity: 'warning',
    when: reply({ codes: [550, 554], text: /\bDKIM\b|sender policy|domain policy/i }, ...envelope),
    happened: (facts) => `The sender’s domain fails a check of the server: ${quoted(facts)}.`,
    brief: (facts) => `The domain of ${facts.plan.from} fails a check of ${facts.plan.host}${codesOf(facts)}`,
    meaning: checksAddress,
    who: 'the mail administrator',
    advice: ['Have SPF and DKIM of the domain looked at.', repeatOnFarm],
    setting: 'fromAddress',
  },
  {
    id: 'sender-refused-with-login',
    severity: 'error',
    when: allOf(isLoggedIn, reply({ codes: [550, 551, 553, 554] }, 'MAIL FROM')),
    happened: (facts) => `After the login the server refuses the sender ${facts.plan.from}: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refuses the sender ${facts.plan.from} for this login${codesOf(facts)}`,
    meaning: 'SharePoint uses the same sender and is likely to be refused the same way.',
    who: 'the mail administrator',
    advice: sendAs,
    setting: 'fromAddress',
  },
  {
    id: 'sender-refused',
    severity: 'warning',
    when: reply({ codes: [501, 550, 551, 553, 554] }, 'MAIL FROM'),
    happened: (facts) => `The server refuses the sender ${facts.plan.from}: ${quoted(facts)}.`,
    brief: (facts) => `${facts.plan.host} refuses the sender ${facts.plan.from}${codesOf(facts)}`,
    meaning: (facts) =>
      hasLogin(facts) ? loginNotTaken : 'SharePoint uses the same sender and is likely to be refused the same way.',
    who: 'the mail administrator',
    advice: (facts) => [
      ...(hasLogin(facts) ? [lookAtLogin] : []),
      'Check fromAddress.',
      'Ask which senders the server takes from the farm’s addresses.',
    ],
    setting: 'fromAddress',
  },
];
