import { visible } from '../../text/visible.ts';
import type { Explanation } from '../explain.ts';
import type { Failure, Reply } from '../failure.ts';
import { kerberosNote } from '../kerberos-cause.ts';
import { sharePointOrder } from '../mechanisms/order.ts';
import type { CertificateFacts } from '../network.ts';
import { offeredTo } from '../observations/table.ts';
import type { Plan } from '../plan.ts';
import type { SessionResult } from '../session.ts';
import { failureWords, summaryOf } from '../summary.ts';
import { notProven } from './not-proven.ts';
import type { Reported } from './report.ts';
import type {
  JsonCertificate,
  JsonExplanation,
  JsonPlan,
  JsonReply,
  JsonStop,
  JsonTls,
  TestReport,
} from './test-report.ts';

/** The whole result as data. Holds no secret. */
export function reportJson(input: Reported): TestReport {
  const { plan, to, date, result, explanation, observations, ports } = input;
  const { offered, tls } = result;
  const certificate = tls === undefined || tls.kind === 'failed' ? undefined : tls.certificate;
  return {
    version: 1,
    kind: plan.purpose,
    outcome: result.outcome,
    summary: summaryOf(result),
    startedAt: date.toISOString(),
    milliseconds: result.milliseconds,
    computer: plan.computer,
    to,
    plan: jsonPlan(plan),
    steps: result.steps,
    stopped: jsonStop(result.stopped),
    addresses: { resolved: result.addresses, connected: result.address ?? null },
    tls: jsonTls(plan, result),
    certificate: certificate ? jsonCertificate(certificate) : null,
    login: {
      offeredBeforeTls: offered.beforeTls,
      offeredAfterTls: offered.afterTls ?? null,
      sharePointOrder: sharePointOrder(offeredTo(input)),
      attempts: result.logins.map(({ mechanism, inside, noKerberos, failure }) => ({
        mechanism,
        inside: inside ?? null,
        noKerberos: noKerberos ?? null,
        accepted: failure === undefined,
        words: failure === undefined ? null : failureWords(failure),
        reply: failure?.kind === 'reply' ? jsonReply(failure.reply) : null,
      })),
      kerberos: kerberosNote(result.conversation) ?? null,
    },
    probes: result.probes.map((probe) => ({ ...probe, reply: jsonReply(probe.reply) })),
    ports: ports.map(({ port, stopped, offered: there, order }) => ({
      port,
      stopped: jsonStop(stopped),
      startTls: there.startTls,
      offeredBeforeTls: there.beforeTls,
      offeredAfterTls: there.afterTls ?? null,
      sharePointOrder: order,
    })),
    explanation: explanation ? jsonExplanation(explanation) : null,
    observations: observations.map(jsonExplanation),
    conversation: result.conversation,
    notProven: notProven(input),
  };
}

function jsonPlan(plan: Plan): JsonPlan {
  const { title, route, host, port, tls, login, from, replyTo, charset, overrideEnvelopeSender, clientName } = plan;
  return {
    title,
    route,
    host,
    port,
    tls,
    user: login ? visible(login.userName) : null,
    clientCertificate: plan.clientCertificate ? visible(plan.clientCertificate.name) : null,
    from,
    replyTo: replyTo ?? null,
    characterSet: charset,
    overrideEnvelopeSender,
    clientName,
    settings: plan.settings,
  };
}

function jsonStop(stopped: SessionResult['stopped']): JsonStop | null {
  if (!stopped) return null;
  const { step, failure } = stopped;
  return { step, words: failureWords(failure), reply: failure.kind === 'reply' ? jsonReply(failure.reply) : null };
}

function jsonReply({ code, enhanced, text }: Reply): JsonReply {
  return { code, enhanced: enhanced ?? null, text };
}

function jsonTls(plan: Plan, { tls, stopped }: SessionResult): JsonTls {
  const nothing = { version: null, cipher: null, problem: null, clientCertificate: null };
  if (!plan.tls) return { state: 'off', ...nothing };
  if (tls?.kind === 'secured') {
    const { version, cipher, clientCertificate } = tls;
    return { state: tls.kind, ...nothing, version, cipher, clientCertificate };
  }
  if (tls?.kind === 'untrusted') return { state: tls.kind, ...nothing, problem: tls.problem };
  const failure: Failure | undefined = stopped?.failure;
  return failure?.kind === 'tls'
    ? { state: 'failed', ...nothing, problem: failure.cause }
    : { state: 'notReached', ...nothing };
}

function jsonCertificate(certificate: CertificateFacts): JsonCertificate {
  const { subject, names, issuer, selfSigned, validFrom, validTo, key, chain, fingerprint } = certificate;
  return {
    subject,
    names,
    issuer,
    selfSigned,
    validFrom: timeOf(validFrom),
    validTo: timeOf(validTo),
    key: key === '' ? null : key,
    chain: chain.map((link) => ({ subject: link.subject, validTo: timeOf(link.validTo) })),
    fingerprint,
  };
}

function jsonExplanation({ setting, ...said }: Explanation): JsonExplanation {
  return { ...said, setting: setting ?? null };
}

function timeOf(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
