import type { SettingName } from '../settings/setting-names.ts';
import { clientCertificateExplanations } from './explanations/client-certificate.ts';
import { exchangeOnlineExplanations } from './explanations/exchange-online.ts';
import { fallbackExplanations } from './explanations/fallbacks.ts';
import { greetingExplanations } from './explanations/greeting.ts';
import { kerberosExplanations } from './explanations/kerberos.ts';
import { limitExplanations } from './explanations/limits.ts';
import { loginFaultExplanations } from './explanations/login-faults.ts';
import { loginOfferExplanations } from './explanations/login-offers.ts';
import { loginRefusalExplanations } from './explanations/login-refusals.ts';
import { loginRefusedExplanations } from './explanations/login-refused.ts';
import { loginWantedExplanations } from './explanations/login-wanted.ts';
import { messageExplanations } from './explanations/message.ts';
import { reachingExplanations } from './explanations/reaching.ts';
import { recipientExplanations } from './explanations/recipient.ts';
import { senderExplanations } from './explanations/sender.ts';
import { certificateExplanations } from './explanations/server-certificate.ts';
import { sessionExplanations } from './explanations/session.ts';
import { startTlsExplanations } from './explanations/starttls.ts';
import type { Failure, StepName } from './failure.ts';
import type { Plan } from './plan.ts';
import type { SessionResult } from './session.ts';

/** What a failure is explained from: the failure, and what the session had found out by then. */
export interface Facts
  extends Pick<
    SessionResult,
    'messageSent' | 'offered' | 'capabilities' | 'logins' | 'mechanism' | 'tls' | 'conversation'
  > {
  readonly step: StepName;
  readonly failure: Failure;
  readonly plan: Plan;
  /** When the test began. */
  readonly date: Date;
}

/** `error`: mail of the farm fails; `warning`: likely, or it depends on the computer that asks; `information`: worth knowing. */
export type Severity = 'error' | 'warning' | 'information';

/** Who can put it right. */
export type Who =
  | 'whoever keeps this file'
  | 'the mail administrator'
  | 'the network administrator'
  | 'the directory administrator'
  | 'you';

/** Said as it is, or made from what was found. */
export type Told<F, T = string> = T | ((facts: F) => T);

/** One thing that can be said of a test, and when. */
export interface TableEntry<F> {
  readonly id: string;
  readonly severity: Severity;
  readonly when: (facts: F) => boolean;
  readonly happened: Told<F>;
  /** The same in one line of about 100 characters without a full stop, complete where it stands alone. */
  readonly brief: Told<F>;
  /** What it means for SharePoint. */
  readonly meaning: Told<F>;
  readonly who: Who;
  /** What to try, most promising first. */
  readonly advice: Told<F, readonly string[]>;
  /** The setting whose change can put it right. */
  readonly setting?: SettingName;
}

/** One way in which a test fails. The first entry of the table that fits is the one shown. */
export type ExplanationEntry = TableEntry<Facts>;

/** What is said of one test; every text may be shown as plain text. */
export interface Explanation {
  readonly id: string;
  readonly severity: Severity;
  readonly happened: string;
  /** One line for a list of findings; no full stop. */
  readonly brief: string;
  readonly meaning: string;
  readonly who: Who;
  readonly advice: readonly string[];
  readonly setting: SettingName | undefined;
}

/** Every explanation; the order decides. The last one fits everything. */
export const explanations: readonly ExplanationEntry[] = [
  ...sessionExplanations,
  ...reachingExplanations,
  ...clientCertificateExplanations,
  ...greetingExplanations,
  ...startTlsExplanations,
  ...certificateExplanations,
  ...loginOfferExplanations,
  ...kerberosExplanations,
  ...loginFaultExplanations,
  ...exchangeOnlineExplanations,
  ...loginRefusalExplanations,
  ...loginRefusedExplanations,
  ...loginWantedExplanations,
  ...limitExplanations,
  ...senderExplanations,
  ...recipientExplanations,
  ...messageExplanations,
  ...fallbackExplanations,
];

/** Explains a failure in plain words. */
export function explain(facts: Facts): Explanation {
  const entry = explanations.find(({ when }) => when(facts));
  if (!entry) throw new Error('The last explanation fits everything.');
  return tell(entry, facts);
}

/** What an entry says of these facts. */
export function tell<F>(entry: TableEntry<F>, facts: F): Explanation {
  const { id, severity, happened, brief, meaning, who, advice, setting } = entry;
  const say = (text: Told<F>) => (typeof text === 'function' ? text(facts) : text);
  return {
    id,
    severity,
    happened: say(happened),
    brief: say(brief),
    meaning: say(meaning),
    who,
    advice: typeof advice === 'function' ? advice(facts) : advice,
    setting,
  };
}
