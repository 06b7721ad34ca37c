import type { TableEntry } from '../explain.ts';
import type { Failure, StepName } from '../failure.ts';
import type { Tested } from '../observations.ts';

/** One thing worth knowing of a test. */
export type ObservationEntry = TableEntry<Tested>;

/** True where the session went through this step. */
export function passed({ result }: Pick<Tested, 'result'>, step: StepName): boolean {
  return result.steps.some(({ name, ok }) => name === step && ok);
}

/** True where the server took a login. */
export function isLoggedIn({ result }: Pick<Tested, 'result'>): boolean {
  return result.logins.some(({ failure }) => failure === undefined);
}

/** The mechanisms that count for the plan: with TLS those of the second EHLO alone. */
export function offeredTo({ plan, result: { offered } }: Pick<Tested, 'plan' | 'result'>): readonly string[] {
  return plan.tls ? (offered.afterTls ?? []) : offered.beforeTls;
}

/** The server's codes as `535 5.7.8`, or that it went another way. */
export function answerOf(failure: Failure | undefined): string {
  if (failure === undefined) return 'accepted';
  if (failure.kind !== 'reply') return 'stopped';
  return [failure.reply.code, failure.reply.enhanced].filter(Boolean).join(' ');
}
