import type { Explanation } from './explain.ts';
import type { TestMessage } from './message.ts';
import type { Plan } from './plan.ts';
import type { PortFacts } from './ports.ts';
import type { SessionResult } from './session.ts';

/** A test email or a probe that was carried out, and everything that was found. */
export interface Tested {
  readonly plan: Plan;
  readonly to: string;
  /** When it began. */
  readonly date: Date;
  readonly result: SessionResult;
  /** Undefined for a probe. */
  readonly message: Pick<TestMessage, 'lost'> | undefined;
  readonly ports: readonly PortFacts[];
}

/** What is worth knowing besides the one failure, if any: the gravest first. */
export function observationsOf(_tested: Tested): readonly Explanation[] {
  return [];
}
