import type { Explanation } from '../explain.ts';
import type { Tested } from '../observations.ts';
import { isRefused, stepLabel, summaryOf } from '../summary.ts';
import type { Entry } from '../transcript.ts';
import { encryptionSection } from './encryption.ts';
import { loginSection } from './login.ts';
import { notProven } from './not-proven.ts';
import { planSection } from './plan.ts';
import { portsSection, probesSection } from './questions.ts';

/** A test, and everything that is said of it. Every text in it was redacted before. */
export interface Reported extends Tested {
  /** Undefined where the server took everything. */
  readonly explanation: Explanation | undefined;
  readonly observations: readonly Explanation[];
}

/** What a report says, in no form yet. Texts may hold what a server or a file said, on one line, nothing invisible in it. */
export interface Report {
  readonly title: string;
  /** A few lines below the title. */
  readonly lead: readonly string[];
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  /** Sentences, a paragraph each. */
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly rows: readonly Fact[] }
  | {
      readonly kind: 'groups';
      readonly groups: readonly { readonly heading: string; readonly rows: readonly Fact[] }[];
    }
  | {
      readonly kind: 'steps';
      readonly steps: readonly { readonly name: string; readonly milliseconds: number; readonly ok: boolean }[];
    }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'remarks'; readonly remarks: readonly Explanation[] }
  | { readonly kind: 'conversation'; readonly entries: readonly Entry[] };

export interface Fact {
  readonly name: string;
  readonly value: string;
}

const outcomeWords = {
  send: { accepted: 'ACCEPTED', failed: 'FAILED', unknown: 'UNKNOWN WHETHER ACCEPTED', cancelled: 'CANCELLED' },
  probe: { accepted: 'PASSED', failed: 'FAILED', unknown: 'UNKNOWN', cancelled: 'CANCELLED' },
} as const;

/** Everything there is to say of a test, the most wanted first; what it does not prove is the last word. */
export function reportOf(input: Reported): Report {
  const { result, observations } = input;
  return {
    title: titleOf(input),
    lead: leadOf(input),
    sections: [
      ...explanationSections(input),
      planSection(input.plan),
      { title: 'Steps', blocks: [{ kind: 'steps', steps: result.steps }] },
      loginSection(input),
      encryptionSection(input),
      ...probesSection(input),
      ...portsSection(input),
      ...(observations.length === 0
        ? []
        : [{ title: 'Also worth knowing', blocks: [{ kind: 'remarks', remarks: observations } as const] }]),
      {
        title: 'Conversation (ms; C: this computer, S: server)',
        blocks: [{ kind: 'conversation', entries: result.conversation }],
      },
      {
        title: 'What this test does not prove',
        blocks: [{ kind: 'list', ordered: false, items: notProven(input) }],
      },
    ],
  };
}

/** One or two sentences: what happened, what it means. */
export function explanationText(input: Pick<Reported, 'explanation' | 'to' | 'plan' | 'result'>): string {
  const { explanation, plan, to, result } = input;
  if (explanation) return `${explanation.happened} ${explanation.meaning}`;
  if (plan.route === 'localInbox') return 'The inbox on this computer took the mail. It went no further.';
  const login = `${plan.host}${withoutLogin(plan, result.logins)}`;
  return plan.purpose === 'probe'
    ? `${login} said yes to the sender ${plan.from} and the recipient ${to}. Nothing was delivered.`
    : `${login} took the mail for ${to}. That is not yet delivered: look in the mailbox, and in the spam folder.`;
}

/** What stands behind the host where mail is taken although the login in the settings was not. */
function withoutLogin({ login }: Reported['plan'], logins: Reported['result']['logins']): string {
  if (isRefused(logins)) return ' refused the login. Without one it';
  return login && logins.length === 0 ? ' offers no login to use. Without one it' : '';
}

function titleOf({ plan, result }: Reported): string {
  const at = result.stopped ? ` at ${stepLabel(result)}` : '';
  const word = plan.purpose === 'probe' ? 'probe' : 'test';
  return `Farm Email ${word}: ${outcomeWords[plan.purpose][result.outcome]}${at}`;
}

function leadOf({ plan, to, toNote, date, result }: Reported): readonly string[] {
  const time = `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return [
    `${summaryOf(result)} (${result.milliseconds} ms)`,
    `${time}, for ${plan.title}, from computer ${plan.computer}`,
    `From ${plan.from} to ${to}${toNote === undefined ? '' : `, ${toNote}`}${plan.purpose === 'probe' ? '; a probe delivers nothing' : ''}`,
  ];
}

function explanationSections(input: Reported): readonly Section[] {
  const { explanation } = input;
  if (!explanation) return [textSection('What happened', explanationText(input))];
  const { happened, meaning, who, advice, setting } = explanation;
  return [
    textSection('What happened', happened),
    textSection('What it means for SharePoint', meaning),
    {
      title: `What to do (${who}${setting ? `; setting ${setting}` : ''})`,
      blocks: [{ kind: 'list', ordered: true, items: advice }],
    },
  ];
}

function textSection(title: string, text: string): Section {
  return { title, blocks: [{ kind: 'text', lines: [text] }] };
}
