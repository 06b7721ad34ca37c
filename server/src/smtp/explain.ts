import { connectionExplanations } from './explanations/connection.ts';
import { fallbackExplanations } from './explanations/fallbacks.ts';
import { loginExplanations } from './explanations/login.ts';
import { mailExplanations } from './explanations/mail.ts';
import { tlsExplanations } from './explanations/tls.ts';
import type { Failure, StepName } from './failure.ts';
import type { Plan } from './plan.ts';

/** What a failure is explained from. */
export interface Facts {
  readonly step: StepName;
  readonly failure: Failure;
  readonly plan: Plan;
  /** True where the message had left when it happened. */
  readonly messageSent: boolean;
  /** When the test began. */
  readonly date: Date;
}

/** Who can put it right. */
export type Who = 'whoever keeps this file' | 'the mail administrator' | 'the network administrator' | 'you';

/** One way in which a test email fails. The first entry of the table that fits is the one shown. */
export interface ExplanationEntry {
  readonly id: string;
  readonly when: (facts: Facts) => boolean;
  readonly happened: string | ((facts: Facts) => string);
  /** What it means for SharePoint. */
  readonly meaning: string | ((facts: Facts) => string);
  readonly who: Who;
  /** What to try, most promising first. */
  readonly advice: readonly string[];
  /** The setting it points at, as it is called in the file. */
  readonly setting?: string;
}

export interface Explanation {
  readonly id: string;
  readonly happened: string;
  readonly meaning: string;
  readonly who: Who;
  readonly advice: readonly string[];
  readonly setting: string | undefined;
}

/** Every explanation; the order decides. The last one fits everything. */
export const explanations: readonly ExplanationEntry[] = [
  ...connectionExplanations,
  ...tlsExplanations,
  ...loginExplanations,
  ...mailExplanations,
  ...fallbackExplanations,
];

/** Explains a failure in plain words. */
export function explain(facts: Facts): Explanation {
  const entry = explanations.find(({ when }) => when(facts));
  if (!entry) throw new Error('The last explanation fits everything.');
  const { id, happened, meaning, who, advice, setting } = entry;
  const say = (text: ExplanationEntry['meaning']) => (typeof text === 'string' ? text : text(facts));
  return { id, happened: say(happened), meaning: say(meaning), who, advice, setting };
}
