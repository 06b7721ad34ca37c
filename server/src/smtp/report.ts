import type { Explanation } from './explain.ts';
import type { Tested } from './observations.ts';
import type { Plan } from './plan.ts';
import type { SessionResult } from './session.ts';
import { stepLabel, summaryOf } from './summary.ts';
import type { Entry } from './transcript.ts';

export interface Reported extends Tested {
  /** Undefined where the server took everything. */
  readonly explanation: Explanation | undefined;
  readonly observations: readonly Explanation[];
}

/** In the order in which one wins over the other. */
const origins = [
  ['webApplication', 'From the web application'],
  ['farm', 'From the farm'],
  ['default', 'Built-in defaults'],
] as const;

const outcomeWords = {
  accepted: 'ACCEPTED',
  failed: 'FAILED',
  unknown: 'UNKNOWN WHETHER ACCEPTED',
  cancelled: 'CANCELLED',
} as const;

/** The whole result as a plain-text document to read, search and paste. Lines are not broken: who shows it knows how wide it is. Every text in it was redacted before. */
export function renderReport(input: Reported): string {
  const sections = [
    verdict(input),
    explanationOf(input),
    planOf(input.plan),
    stepsOf(input.result),
    encryption(input),
    conversation(input.result.conversation),
    limits(input),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** One or two sentences: what happened, what it means. */
export function explanationText(input: Pick<Reported, 'explanation' | 'to' | 'plan'>): string {
  const { explanation, plan, to } = input;
  if (explanation) return `${explanation.happened} ${explanation.meaning}`;
  return plan.route === 'localInbox'
    ? 'The inbox on this computer took the mail. It went no further.'
    : `${plan.host} took the mail for ${to}. That is not yet delivered: look in the mailbox, and in the spam folder.`;
}

function verdict({ plan, to, date, result }: Reported): string {
  const at = result.stopped ? ` at ${stepLabel(result)}` : '';
  const title = `Farm Email test: ${outcomeWords[result.outcome]}${at}`;
  const time = `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return [
    title,
    '='.repeat(title.length),
    '',
    `${summaryOf(result)} (${result.milliseconds} ms)`,
    `${time}, for ${plan.title}, from computer ${plan.computer}`,
    `From ${plan.from} to ${to}`,
  ].join('\n');
}

function explanationOf(input: Reported): string {
  const { explanation } = input;
  if (!explanation) return section('What happened', [explanationText(input)]);
  const { happened, meaning, who, advice, setting } = explanation;
  const heading = `What to do (${who}${setting ? `; setting ${setting}` : ''})`;
  return [
    section('What happened', [happened]),
    section('What it means for SharePoint', [meaning]),
    section(
      heading,
      advice.map((item, i) => `${i + 1}. ${item}`),
    ),
  ].join('\n\n');
}

function planOf(plan: Plan): string {
  const route = plan.route === 'localInbox' ? 'the inbox on this computer' : 'as configured';
  const login = plan.login ? `${plan.login.userName}, with AUTH ${plan.login.mechanisms.join(', ')}` : 'anonymous';
  const head = [
    `Sent to ${plan.host}, port ${plan.port} (${route}), ${plan.tls ? 'with STARTTLS' : 'without TLS'}`,
    `Login: ${login}${plan.login?.password === 'throwaway' ? ' and a made-up password' : ''}`,
    '',
  ];
  // Groups and no table: a report is read beside the file, in half a window.
  const groups = origins.flatMap(([origin, heading]) => {
    const own = plan.settings.filter((setting) => setting.origin === origin);
    return own.length === 0 ? [] : [`${heading}:`, ...own.map(({ name, value }) => `  ${name}: ${value}`)];
  });
  return section('Settings, and where they come from', [...head, ...groups]);
}

function stepsOf({ steps }: SessionResult): string {
  return section(
    'Steps',
    steps.map(
      ({ name, milliseconds, ok }) =>
        `${name.padEnd(16)}${String(milliseconds).padStart(7)} ms${ok ? '' : '   stopped here'}`,
    ),
  );
}

function encryption({ plan, result: { tls } }: Reported): string {
  if (!plan.tls)
    return section('Encryption', ['None: TLS is off in the settings. Everybody on the way can read this mail.']);
  if (tls === undefined || tls.kind === 'failed') return section('Encryption', ['TLS was not reached.']);
  const { certificate } = tls;
  const state =
    tls.kind === 'secured'
      ? `${tls.version}, ${tls.cipher}`
      : 'Certificate not accepted; nothing was sent after it was seen.';
  if (!certificate) return section('Encryption', [state]);
  return section('Encryption', [
    state,
    `Certificate  ${certificate.subject || '(none)'}`,
    `Names        ${certificate.names.join(', ') || '(none)'}`,
    `Issuer       ${certificate.issuer}${certificate.selfSigned ? ' (itself)' : ''}`,
    `Valid        ${day(certificate.validFrom)} to ${day(certificate.validTo)}`,
    `SHA-256      ${certificate.fingerprint}`,
  ]);
}

function conversation(entries: readonly Entry[]): string {
  const marks = { client: 'C: ', server: 'S: ', note: '-- ' } as const;
  return section(
    'Conversation (ms; C: this computer, S: server)',
    entries.map(({ at, from, text }) => `${String(at).padStart(6)}  ${marks[from]}${text}`),
  );
}

/** The limits of a test, as far as they concern this plan. */
function limits({ plan, result, message }: Reported): string {
  const isOutside = plan.route === 'asConfigured';
  const isTaken = result.messageSent && result.outcome !== 'failed';
  const { login } = plan;
  const earlier = offeredEarlier(result);
  const list = [
    isOutside
      ? 'That it works from the farm. Servers often decide by the address a connection comes from: repeat the test on each SharePoint server.'
      : 'Anything about the mail server in the settings: this mail stayed on this computer.',
    isOutside && isTaken && 'That the mail is delivered: filters and further servers come after this one.',
    plan.tls &&
      isOutside &&
      'That SharePoint trusts the server’s certificate: each SharePoint server has a trust store of its own. Revocation was not checked.',
    plan.tls && isTaken && 'That the mail is encrypted all the way: TLS reaches as far as this server.',
    login &&
      isOutside &&
      'That the farm has the same password, and on each server the application credential key that unlocks it.',
    login &&
      earlier.length > 0 &&
      `That ${earlier.join(' or ')} works: the server offers that too, and SharePoint tries it before LOGIN.`,
    isOutside &&
      !plan.overrideEnvelopeSender &&
      `That mail in the name of users works (access requests, sharing): this test was sent as ${plan.from}.`,
    plan.replyTo && isTaken && `That somebody reads ${plan.replyTo}.`,
    message &&
      message.lost.length > 0 &&
      `That texts arrive whole: ${plan.charset.name} cannot hold ${message.lost.map((character) => `“${character}”`).join(' ')}, so question marks stand there.`,
  ];
  return section(
    'What this test does not prove',
    list.filter((item) => typeof item === 'string' && item !== '').map((item) => `- ${item}`),
  );
}

/** Mechanisms on offer that SharePoint prefers to the one used. */
function offeredEarlier({ capabilities, mechanism }: SessionResult): readonly string[] {
  const offered = capabilities.filter((line) => /^AUTH\b/.test(line)).flatMap((line) => line.toUpperCase().split(' '));
  return mechanism === 'LOGIN' ? ['GSSAPI', 'NTLM'].filter((name) => offered.includes(name)) : [];
}

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => `  ${line}`.trimEnd())].join('\n');
}

function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'unreadable' : date.toISOString().slice(0, 10);
}
