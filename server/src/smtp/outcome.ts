import type { Explanation } from './explain.ts';
import type { PortFacts } from './ports.ts';
import type { TestReport } from './report/test-report.ts';
import type { SessionResult } from './session.ts';

/** What came of a test email or a probe. Holds no secret. */
export interface TestOutcome {
  readonly outcome: SessionResult['outcome'] | 'refused';
  /** At most 60 characters: `250 accepted`, `535 5.7.8 at AUTH LOGIN`. */
  readonly summary: string;
  /** A few sentences: what happened, and what it means. */
  readonly explanation: string;
  /** The whole report, plain text. Empty where nothing was tried. */
  readonly report: string;
  /** The same in Markdown. */
  readonly markdown: string;
  /** The same as data; undefined where nothing was tried. */
  readonly json: TestReport | undefined;
  readonly milliseconds: number;
  /** Undefined where nothing was tried. */
  readonly session: SessionResult | undefined;
  /** Why it failed, and what to do; undefined where it did not. */
  readonly details: Explanation | undefined;
  /** What else is worth knowing, the gravest first. */
  readonly observations: readonly Explanation[];
  /** What other ports offer, where that was asked for. */
  readonly ports: readonly PortFacts[];
}

/** Nothing was tried: `reason` says why, and what to do. */
export function refused(reason: string): TestOutcome {
  return {
    outcome: 'refused',
    summary: 'not tried',
    explanation: reason,
    report: '',
    markdown: '',
    json: undefined,
    milliseconds: 0,
    session: undefined,
    details: undefined,
    observations: [],
    ports: [],
  };
}
