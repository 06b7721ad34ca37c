import type { Plan } from './plan.ts';
import type { SessionResult } from './session.ts';

/** What a test showed of a mail server, in the words of `mailServers`. Undefined is what it did not show. */
export interface Learned {
  readonly host: string;
  readonly startTls: boolean | undefined;
  readonly authMechanisms: readonly string[] | undefined;
  readonly anonymousAccess: boolean | undefined;
  readonly clientCertificates: 'ignore' | 'accept' | 'require' | undefined;
  /** Only what holds for the account: without a login a server decides by the address that asks, and the farm has another. */
  readonly relayAllowed: boolean | undefined;
  readonly impersonation: 'allowed' | 'blocked' | undefined;
}

/** More than any server offers: what is hostile is not written into a file. */
const mechanismLimit = 16;

export function learnedOf({ host }: Plan, session: SessionResult): Learned {
  const isDone = (name: string) => session.steps.some((step) => step.name === name && step.ok);
  const isLoggedIn = session.logins.some(({ failure }) => failure === undefined);
  const offered = session.offered.afterTls ?? (session.tls ? undefined : session.offered.beforeTls);
  const mechanisms = offered?.filter((name) => /^[A-Z][A-Z0-9_-]{0,19}$/.test(name)).slice(0, mechanismLimit);
  return {
    host,
    startTls: isDone('EHLO') ? session.offered.startTls : undefined,
    authMechanisms: mechanisms?.length ? mechanisms : undefined,
    anonymousAccess: isLoggedIn ? undefined : anonymousAccess(session, isDone('RCPT TO')),
    clientCertificates: clientCertificates(session, isDone('MAIL FROM')),
    relayAllowed: isLoggedIn ? answerTo(session, 'outsideRecipient') : undefined,
    impersonation: isLoggedIn ? impersonation(answerTo(session, 'otherSender')) : undefined,
  };
}

function anonymousAccess({ stopped }: SessionResult, isTaken: boolean): boolean | undefined {
  if (isTaken) return true;
  const isEnvelope = stopped?.step === 'MAIL FROM' || stopped?.step === 'RCPT TO';
  return isEnvelope && stopped.failure.kind === 'reply' && stopped.failure.reply.code === 530 ? false : undefined;
}

function clientCertificates({ tls, stopped }: SessionResult, wentOn: boolean): Learned['clientCertificates'] {
  const failure = stopped?.failure;
  if (failure?.kind === 'tls' && failure.cause === 'clientCertificateRequired') return 'require';
  if (tls?.kind !== 'secured') return undefined;
  if (tls.clientCertificate === 'notAsked') return 'ignore';
  return tls.clientCertificate === 'askedAndNone' && wentOn ? 'accept' : undefined;
}

function answerTo(
  { probes }: SessionResult,
  question: SessionResult['probes'][number]['question'],
): boolean | undefined {
  const verdict = probes.find((each) => each.question === question)?.verdict;
  return verdict === 'accepted' ? true : verdict === 'refused' ? false : undefined;
}

function impersonation(isTaken: boolean | undefined): Learned['impersonation'] {
  return isTaken === undefined ? undefined : isTaken ? 'allowed' : 'blocked';
}
