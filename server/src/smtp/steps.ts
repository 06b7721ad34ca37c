import type { Secret } from '../settings/secret.ts';
import { authenticate, offeredMechanisms } from './authenticate.ts';
import { type Conversation, command, expect, receive, shown, startAnew, unaskedBytes, within } from './conversation.ts';
import type { Errand } from './errand.ts';
import type { Failure, StepName, Tried } from './failure.ts';
import { mayBeConnected } from './forbidden-addresses.ts';
import type { CertificateFacts } from './network.ts';
import type { Plan } from './plan.ts';
import { askQuestion } from './probe-questions.ts';
import type { RawReply } from './reply.ts';
import { dataBytes } from './wire.ts';

/** One step of a session: the failure that ends the session, or undefined to go on. */
export interface Step {
  readonly name: StepName;
  run(talk: Conversation): Promise<Failure | undefined>;
}

/** The steps that carry out a plan, in order. */
export function stepsFor(plan: Plan, errand: Errand, password: Secret | undefined): readonly Step[] {
  return [
    { name: 'resolve', run: resolve },
    { name: 'connect', run: connect },
    { name: 'greeting', run: greeting },
    { name: 'EHLO', run: hello },
    ...(plan.tls ? secureSteps : []),
    ...(errand.kind === 'look' ? [] : [...loginSteps(plan, password), ...envelopeSteps(plan, errand.to)]),
    ...(errand.kind === 'probe' ? questionSteps(plan, errand) : []),
    ...(errand.kind === 'send'
      ? [{ name: 'DATA' as const, run: (talk: Conversation) => data(talk, errand.message) }]
      : []),
  ];
}

function loginSteps({ login }: Plan, password: Secret | undefined): readonly Step[] {
  if (!login || !password) return [];
  return [{ name: 'authenticate', run: (talk) => authenticate(talk, { userName: login.userName, password }) }];
}

function envelopeSteps({ from }: Plan, to: string): readonly Step[] {
  return [
    { name: 'MAIL FROM', run: (talk) => simple(talk, `MAIL FROM:<${from}>`, [250]) },
    { name: 'RCPT TO', run: (talk) => simple(talk, `RCPT TO:<${to}>`, [250, 251]) },
  ];
}

function questionSteps({ from }: Plan, errand: Extract<Errand, { kind: 'probe' }>): readonly Step[] {
  const { to, outsideRecipient: outside, otherSender: other } = errand;
  const steps: Step[] = [];
  if (outside !== undefined) {
    const question = { question: 'outsideRecipient', address: outside, from, to: outside } as const;
    steps.push({ name: 'outside recipient', run: (talk) => askQuestion(talk, question) });
  }
  if (other !== undefined) {
    const question = { question: 'otherSender', address: other, from: other, to } as const;
    steps.push({ name: 'other sender', run: (talk) => askQuestion(talk, question) });
  }
  return steps;
}

const secureSteps: readonly Step[] = [
  { name: 'STARTTLS', run: startTls },
  {
    name: 'certificate',
    run: async ({ tls }) => (tls?.kind === 'untrusted' ? { ...tls, kind: 'certificate' } : undefined),
  },
  { name: 'EHLO after TLS', run: async (talk) => failureOf(await ehlo(talk)) },
];

async function resolve(talk: Conversation): Promise<Failure | undefined> {
  const { host } = talk.plan;
  const answer = await within(talk, talk.limits.connect, talk.network.resolve(host));
  if (!answer.ok) return answer.failure;
  if (answer.value.kind === 'network') return answer.value;
  talk.addresses = answer.value.addresses;
  const forbidden = talk.addresses.find((address) => !mayBeConnected(address));
  if (forbidden !== undefined) return { kind: 'forbiddenAddress', address: talk.redaction.redact(forbidden) };
  if (talk.addresses.length === 0) return { kind: 'network', cause: 'nameNotFound', detail: 'no address' };
  if (talk.addresses.join() !== host) talk.transcript.note(`${host} is ${talk.addresses.join(', ')}.`);
  return undefined;
}

/** Tries the addresses in turn, as System.Net does, and gives each its share of the time. */
async function connect(talk: Conversation): Promise<Failure | undefined> {
  const share = talk.limits.connect / talk.addresses.length;
  let last: Failure | undefined;
  for (const address of talk.addresses) {
    const { port } = talk.plan;
    const attempt = new AbortController();
    const answer = await within(talk, share, talk.network.connect({ address, port, signal: attempt.signal }));
    if (!answer.ok) attempt.abort();
    else if (answer.value.kind === 'connected') {
      talk.connection = answer.value.connection;
      talk.transcript.note(`Connected to ${address}, port ${port}.`);
      return undefined;
    }
    last = answer.ok && answer.value.kind === 'network' ? answer.value : answer.ok ? undefined : answer.failure;
    if (last?.kind === 'cancelled' || (last?.kind === 'timeout' && last.limit === 'session')) return last;
    talk.transcript.note(`No connection to ${address}, port ${port}.`);
  }
  return last;
}

async function greeting(talk: Conversation): Promise<Failure | undefined> {
  return failureOf(expect(talk, await receive(talk), [220]));
}

/** EHLO, and HELO where the server does not know that word. */
async function hello(talk: Conversation): Promise<Failure | undefined> {
  const answer = await ehlo(talk);
  const isOld = !answer.ok && answer.failure.kind === 'reply' && [500, 502].includes(answer.failure.reply.code);
  if (isOld) {
    talk.saidHelo = true;
    return simple(talk, `HELO ${talk.plan.clientName}`, [250]);
  }
  talk.offeredInClear = offeredMechanisms(talk.capabilities);
  talk.startTlsOffered = talk.capabilities.has('STARTTLS');
  return failureOf(answer);
}

async function ehlo(talk: Conversation): Promise<Tried<RawReply>> {
  const answer = expect(talk, await command(talk, `EHLO ${talk.plan.clientName}`), [250]);
  if (answer.ok) talk.capabilities = capabilitiesOf(answer.value);
  return answer;
}

/** Keyword lines of an EHLO reply; `AUTH=` is read like `AUTH`, as System.Net.Mail does. */
function capabilitiesOf(reply: RawReply): ReadonlyMap<string, string> {
  const capabilities = new Map<string, string>();
  for (const line of reply.lines.slice(1)) {
    const [, keyword, parameters] = /^([a-z0-9][a-z0-9-]*)(?:[ =](.*))?$/i.exec(line) ?? [];
    if (keyword === undefined) continue;
    const name = keyword.toUpperCase();
    capabilities.set(name, `${capabilities.get(name) ?? ''} ${parameters ?? ''}`.trim());
  }
  return capabilities;
}

/** STARTTLS or nothing: without it the session ends, whatever else the server could do. */
async function startTls(talk: Conversation): Promise<Failure | undefined> {
  if (!talk.capabilities.has('STARTTLS')) return { kind: 'noStartTls' };
  const failure = failureOf(expect(talk, await command(talk, 'STARTTLS'), [220])) ?? unaskedBytes(talk);
  if (failure || !talk.connection) return failure;
  const wish = { host: talk.plan.host, authorities: talk.authorities, identity: talk.identity };
  const answer = await within(talk, talk.limits.reply, talk.connection.startTls(wish));
  if (!answer.ok) return answer.failure;
  startAnew(talk);
  if (answer.value.kind === 'failed') return { ...answer.value, kind: 'tls' };
  talk.tls = { ...answer.value, certificate: shownCertificate(talk, answer.value.certificate) };
  if (talk.tls.kind === 'secured') talk.transcript.note(`${talk.tls.version} with ${talk.tls.cipher}.`);
  return undefined;
}

function shownCertificate(
  { redaction: { redact } }: Conversation,
  facts: CertificateFacts | undefined,
): CertificateFacts | undefined {
  return (
    facts && {
      ...facts,
      subject: redact(facts.subject),
      issuer: redact(facts.issuer),
      names: facts.names.map(redact),
      chain: facts.chain.map(({ subject, validTo }) => ({ subject: redact(subject), validTo })),
    }
  );
}

async function simple(talk: Conversation, text: string, codes: readonly number[]): Promise<Failure | undefined> {
  return failureOf(expect(talk, await command(talk, text), codes));
}

async function data(talk: Conversation, message: Uint8Array): Promise<Failure | undefined> {
  const bytes = dataBytes(message);
  const failure = (await simple(talk, 'DATA', [354])) ?? unaskedBytes(talk);
  if (failure) return failure;
  talk.transcript.message(message.length);
  talk.messageSent = true;
  talk.connection?.write(bytes);
  const answer = expect(talk, await receive(talk), [250]);
  if (answer.ok) talk.accepted = shown(talk, answer.value);
  return failureOf(answer);
}

function failureOf(tried: Tried<unknown>): Failure | undefined {
  return tried.ok ? undefined : tried.failure;
}
