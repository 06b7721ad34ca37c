import { isLoggedIn, offeredTo, passed } from '../observations/table.ts';
import type { Reported } from './report.ts';

/** The limits of a test, as far as they concern this plan; a sentence each. Never empty. */
export function notProven(input: Reported): readonly string[] {
  return input.plan.route === 'localInbox' ? ofInbox(input) : [...ofThisComputer(input), ...ofTheServer(input)];
}

function ofInbox(input: Reported): readonly string[] {
  return kept([
    'Anything about the mail server in the settings: this mail stayed on this computer.',
    ...ofTheMessage(input),
  ]);
}

/** It works from here, not from the farm. */
function ofThisComputer(input: Reported): readonly string[] {
  const { plan, result } = input;
  const wasKerberos = result.logins.some(({ inside }) => inside === 'Kerberos');
  return kept([
    'That it works from the farm. Servers often decide by the address a connection comes from: repeat the test on each SharePoint server.',
    'That it works for every process: SharePoint sends alerts as the farm account, and other mail as the account of the application pool. Firewalls and virus scanners may treat the two apart.',
    plan.tls &&
      'That SharePoint trusts the server’s certificate: each SharePoint server has a trust store of its own. Revocation was not checked.',
    result.tls?.kind === 'secured' &&
      result.tls.version === 'TLSv1.3' &&
      'That the server takes TLS 1.2: this test used TLS 1.3, which SharePoint uses in Subscription Edition on Windows Server 2022 and newer only.',
    plan.login &&
      'That the farm has the same password, and on each server the application credential key that unlocks it.',
    plan.login &&
      offeredTo(input).includes('GSSAPI') &&
      !wasKerberos &&
      'That Kerberos works: the server offers GSSAPI, and SharePoint is likely to try it first, with the service name SMTPSVC/' +
        `${plan.host} and the domain of its own servers.`,
    wasKerberos && 'That Kerberos works on the farm: this test used the identity and the domain of this computer.',
    plan.login &&
      result.logins.some(({ failure }) => failure?.kind === 'reply') &&
      !isLoggedIn(input) &&
      'That SharePoint stops where every login is refused: it is likely to go on without one.',
    plan.clientCertificate &&
      'That SharePoint has this client certificate in its End Entity store, and that the farm account and the application pools can read its private key.',
    result.tls?.kind === 'secured' &&
      result.tls.clientCertificate === 'presented' &&
      'That SharePoint presents it: Windows may hold a certificate back whose CA the server does not name.',
  ]);
}

function ofTheServer(input: Reported): readonly string[] {
  const { plan, result } = input;
  const isTaken = result.messageSent && result.outcome !== 'failed';
  const isProbe = plan.purpose === 'probe';
  const asked = (question: string) => result.probes.some((probe) => probe.question === question);
  return kept([
    isProbe &&
      passed(input, 'RCPT TO') &&
      'That a message is taken: a probe ends before DATA, and filters look at the message.',
    isTaken && 'That the mail is delivered: filters and further servers come after this one.',
    plan.tls && isTaken && 'That the mail is encrypted all the way: TLS reaches as far as this server.',
    isProbe && !asked('outsideRecipient') && 'That recipients outside the organisation get mail: none was asked about.',
    !plan.overrideEnvelopeSender &&
      !asked('otherSender') &&
      `That mail in the name of users works (access requests, sharing): this test was sent as ${plan.from}.`,
    ...ofTheMessage(input),
  ]);
}

function ofTheMessage({ plan, result, message }: Reported): readonly (string | false | undefined)[] {
  const isTaken = result.messageSent && result.outcome !== 'failed';
  return [
    plan.replyTo !== undefined && isTaken && `That somebody reads ${plan.replyTo}.`,
    message &&
      message.lost.length > 0 &&
      `That texts arrive whole: ${plan.charset.name} cannot hold ${message.lost.map((character) => `“${character}”`).join(' ')}, so question marks stand there.`,
  ];
}

function kept(list: readonly (string | false | undefined)[]): readonly string[] {
  return list.filter((item) => typeof item === 'string' && item !== '').map(String);
}
