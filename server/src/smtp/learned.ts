import type { ProbeAnswer } from './conversation.ts';
import type { StepName } from './failure.ts';
import type { Plan } from './plan.ts';
import { isMasked, isSenderDenied, lacksCertificate } from './reply-words.ts';
import type { SessionResult } from './session.ts';

/** What a test showed of a mail server, in the words of `mailServers`. Undefined is what it did not show. */
export interface Learned {
  readonly host: string;
  readonly startTls: boolean | undefined;
  readonly authMechanisms: readonly string[] | undefined;
  /** Never false: without a login a server decides by the address that asks, and the farm has another. */
  readonly anonymousAccess: true | undefined;
  readonly clientCertificates: 'ignore' | 'accept' | 'require' | undefined;
  /** Of a login, for the same reason. Never false: what an account may not, an address may. */
  readonly relayAllowed: true | undefined;
  /** Never `allowed`: a probe ends before the message, and servers look at its From as well. */
  readonly impersonation: 'blocked' | undefined;
}

/** More than any server offers: what is hostile is not written into a file. */
const mechanismLimit = 16;

export function learnedOf({ host }: Plan, session: SessionResult): Learned {
  const isDone = (name: StepName) => session.steps.some((step) => step.name === name && step.ok);
  const isLoggedIn = session.logins.some(({ failure }) => failure === undefined);
  return {
    host,
    startTls: isDone('EHLO') ? startTls(session) : undefined,
    authMechanisms: mechanismsAfterTls(session),
    anonymousAccess: isDone('RCPT TO') && !isLoggedIn && isWithoutCertificate(session) ? true : undefined,
    clientCertificates: clientCertificates(session, isDone('MAIL FROM')),
    relayAllowed: isLoggedIn && answerTo(session, 'outsideRecipient')?.verdict === 'accepted' ? true : undefined,
    impersonation: isLoggedIn && isSendAsDenied(answerTo(session, 'otherSender')) ? 'blocked' : undefined,
  };
}

/** What two tests of a server showed: nothing of which they differ, as two ports may. */
export function agreed(one: Learned, other: Learned | undefined): Learned {
  if (other === undefined) return one;
  const same = <T>(a: T, b: T): T | undefined =>
    a === undefined ? b : b === undefined || String(a) === String(b) ? a : undefined;
  return {
    host: one.host,
    startTls: same(one.startTls, other.startTls),
    authMechanisms: same(one.authMechanisms, other.authMechanisms),
    anonymousAccess: same(one.anonymousAccess, other.anonymousAccess),
    clientCertificates: same(one.clientCertificates, other.clientCertificates),
    relayAllowed: same(one.relayAllowed, other.relayAllowed),
    impersonation: same(one.impersonation, other.impersonation),
  };
}

/** Unknown where a firewall on the way crosses it out. */
function startTls({ offered, capabilities }: SessionResult): boolean | undefined {
  return offered.startTls || !capabilities.some(isMasked) ? offered.startTls : undefined;
}

/** Those inside TLS; those in clear text only where the server has no TLS. */
function mechanismsAfterTls({ offered }: SessionResult): readonly string[] | undefined {
  const counting = offered.afterTls ?? (offered.startTls ? undefined : offered.beforeTls);
  const mechanisms = counting?.filter((name) => /^[A-Z][A-Z0-9_-]{0,19}$/.test(name)).slice(0, mechanismLimit);
  return mechanisms?.length ? mechanisms : undefined;
}

/** A certificate that was presented may be why the server takes mail. */
function isWithoutCertificate({ tls }: SessionResult): boolean {
  return tls?.kind !== 'secured' || tls.clientCertificate === 'notAsked' || tls.clientCertificate === 'askedAndNone';
}

function clientCertificates({ tls, stopped }: SessionResult, wentOn: boolean): Learned['clientCertificates'] {
  const failure = stopped?.failure;
  if (failure?.kind === 'tls' && failure.cause === 'clientCertificateRequired') return 'require';
  if (tls?.kind !== 'secured') return undefined;
  if (tls.clientCertificate === 'notAsked') return 'ignore';
  if (failure?.kind === 'reply' && stopped?.step === 'EHLO after TLS' && lacksCertificate.test(failure.reply.text)) {
    return 'require';
  }
  return tls.clientCertificate === 'askedAndNone' && wentOn ? 'accept' : undefined;
}

function answerTo({ probes }: SessionResult, question: ProbeAnswer['question']): ProbeAnswer | undefined {
  return probes.find((each) => each.question === question);
}

/** A sender may also be refused for his domain. */
function isSendAsDenied(answer: ProbeAnswer | undefined): boolean {
  return answer?.verdict === 'refused' && isSenderDenied(answer.reply);
}
