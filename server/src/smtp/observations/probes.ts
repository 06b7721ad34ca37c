import type { ProbeAnswer } from '../conversation.ts';
import type { Tested } from '../observations.ts';
import { isLoggedIn, type ObservationEntry } from './table.ts';

type Question = ProbeAnswer['question'];
type Verdict = ProbeAnswer['verdict'];

const answerTo = ({ result }: Tested, question: Question) => result.probes.find((each) => each.question === question);
const has = (question: Question, verdict: Verdict) => (tested: Tested) =>
  answerTo(tested, question)?.verdict === verdict;
const quoted = (tested: Tested, question: Question) => {
  const reply = answerTo(tested, question)?.reply;
  return reply ? `“${`${reply.code} ${reply.text}`.trim()}”` : '';
};
const codes = (tested: Tested, question: Question) => {
  const reply = answerTo(tested, question)?.reply;
  return reply ? ` (${[reply.code, reply.enhanced].filter(Boolean).join(' ')})` : '';
};
const address = (tested: Tested, question: Question) => answerTo(tested, question)?.address ?? '';
const isOverridden = ({ plan }: Tested) => plan.overrideEnvelopeSender;

/** What the questions of a probe were answered with. */
export const probeObservations: readonly ObservationEntry[] = [
  {
    id: 'relay-open',
    severity: 'warning',
    when: (tested) => has('outsideRecipient', 'accepted')(tested) && !isLoggedIn(tested),
    happened: (tested) =>
      `Without a login the server takes mail for the outside recipient ${address(tested, 'outsideRecipient')}.`,
    brief: ({ plan }) => `${plan.host} relays to outside recipients for this computer without a login`,
    meaning: ({ plan }) =>
      `It relays for the address of this computer (${plan.computer}). That is as it should be on a SharePoint server; from elsewhere it is open to more than the farm.`,
    who: 'the mail administrator',
    advice: ['If this is no SharePoint server, have the relay limited to the farm’s addresses.'],
    setting: 'smtpServer',
  },
  {
    id: 'outside-recipient-accepted',
    severity: 'information',
    when: (tested) => has('outsideRecipient', 'accepted')(tested) && isLoggedIn(tested),
    happened: (tested) =>
      `With the login the server takes mail for the outside recipient ${address(tested, 'outsideRecipient')}.`,
    brief: ({ plan }) => `${plan.host} takes mail for outside recipients with this login`,
    meaning: 'SharePoint is likely to reach outside recipients through it. A server further on may still refuse.',
    who: 'you',
    advice: ['Nothing needs to be done.'],
  },
  {
    id: 'outside-recipient-refused',
    severity: 'warning',
    when: has('outsideRecipient', 'refused'),
    happened: (tested) =>
      `The server does not take mail for the outside recipient ${address(tested, 'outsideRecipient')}: ${quoted(tested, 'outsideRecipient')}.`,
    brief: (tested) =>
      `${tested.plan.host} takes no mail for outside recipients from here${codes(tested, 'outsideRecipient')}`,
    meaning:
      'Alerts and invitations to people outside the organisation would not go out through it. Whether there are such recipients is not known here.',
    who: 'the mail administrator',
    advice: [
      'If outside recipients are meant to get mail, have a relay connector for the addresses of all SharePoint servers, or the login granted the right to relay.',
      'Servers decide by the address that asks: repeat the probe on a SharePoint server.',
    ],
    setting: 'smtpServer',
  },
  {
    id: 'outside-recipient-later',
    severity: 'information',
    when: has('outsideRecipient', 'later'),
    happened: (tested) =>
      `About the outside recipient ${address(tested, 'outsideRecipient')} the server says to come back later: ${quoted(tested, 'outsideRecipient')}.`,
    brief: (tested) =>
      `${tested.plan.host} gives no answer yet about outside recipients${codes(tested, 'outsideRecipient')}`,
    meaning: 'A temporary refusal tells nothing.',
    who: 'you',
    advice: ['Probe again in five minutes.'],
  },
  {
    id: 'other-sender-accepted',
    severity: 'information',
    when: has('otherSender', 'accepted'),
    happened: (tested) => `The server takes ${address(tested, 'otherSender')} as the sender too.`,
    brief: ({ plan }) => `${plan.host} takes mail in the name of another user`,
    meaning: (tested) =>
      isLoggedIn(tested)
        ? 'Mail in the name of users (access requests, sharing) may pass. A probe ends before the message, and some servers, such as Exchange Online, look at its From only then.'
        : 'Mail in the name of users (access requests, sharing) may pass, and anybody at this computer can send in anybody’s name as far as this server is concerned.',
    who: 'you',
    advice: ['Nothing needs to be done for SharePoint.'],
    setting: 'overrideEnvelopeSender',
  },
  {
    id: 'other-sender-refused-override',
    severity: 'information',
    when: (tested) => isOverridden(tested) && has('otherSender', 'refused')(tested),
    happened: (tested) =>
      `The server does not take ${address(tested, 'otherSender')} as the sender (${quoted(tested, 'otherSender')}), and overrideEnvelopeSender is on.`,
    brief: (tested) =>
      `${tested.plan.host} takes no other sender${codes(tested, 'otherSender')}; overrideEnvelopeSender avoids that`,
    meaning: 'With overrideEnvelopeSender on, SharePoint sends with fromAddress instead of the acting user.',
    who: 'you',
    advice: ['Check that it is on for each web application: it has to be set on every one.'],
    setting: 'overrideEnvelopeSender',
  },
  {
    id: 'other-sender-refused',
    severity: 'warning',
    when: (tested) => !isOverridden(tested) && has('otherSender', 'refused')(tested),
    happened: (tested) =>
      `The server does not take ${address(tested, 'otherSender')} as the sender: ${quoted(tested, 'otherSender')}.`,
    brief: (tested) =>
      `${tested.plan.host} takes no mail in the name of users${codes(tested, 'otherSender')}: access requests may fail`,
    meaning:
      'SharePoint sends some mail, such as access requests and sharing, in the name of the acting user. It is likely to be refused like this.',
    who: 'whoever keeps this file',
    advice: [
      'Set overrideEnvelopeSender to true, on each web application.',
      'Or have the account granted the right to send as others (Exchange: ms-Exch-SMTP-Accept-Authoritative-Domain-Sender on the receive connector).',
      'Or have the farm’s addresses served by an externally secured connector.',
    ],
    setting: 'overrideEnvelopeSender',
  },
  {
    id: 'other-sender-later',
    severity: 'information',
    when: has('otherSender', 'later'),
    happened: (tested) =>
      `About the sender ${address(tested, 'otherSender')} the server says to come back later: ${quoted(tested, 'otherSender')}.`,
    brief: (tested) => `${tested.plan.host} gives no answer yet about another sender${codes(tested, 'otherSender')}`,
    meaning: 'It was put off and not judged.',
    who: 'you',
    advice: ['Probe again in five minutes.'],
    setting: 'overrideEnvelopeSender',
  },
];
