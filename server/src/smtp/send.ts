import { isMailbox } from '../settings/addresses.ts';
import { Secret } from '../settings/secret.ts';
import { visible } from '../text/visible.ts';
import type { Limits } from './conversation.ts';
import { deliver } from './deliver.ts';
import { type Explanation, explain } from './explain.ts';
import type { StepName } from './failure.ts';
import { testMessage } from './message.ts';
import type { Network } from './network.ts';
import type { Plan } from './plan.ts';
import { explanationText, renderReport } from './report.ts';
import { runSession, type SessionResult } from './session.ts';
import { summaryOf } from './summary.ts';

export interface SendInput {
  readonly plan: Plan;
  /** The one recipient; from the user, never from a file. */
  readonly to: string;
  /** Needed exactly where `plan.login.password` is a reference. */
  readonly password?: Secret | undefined;
  readonly network: Network;
  /** Aborting it destroys the connection, at whatever step. */
  readonly signal: AbortSignal;
  readonly onStep?: (step: StepName) => void;
  /** PEM texts of authorities trusted besides those of this computer. Must come from the user or the inbox, never from a file of the workspace. */
  readonly trustedAuthorities?: readonly string[] | undefined;
  /** Shorter waits than `defaultLimits`, in milliseconds. */
  readonly limits?: Partial<Limits> | undefined;
}

/** What came of a test email. Holds no secret. */
export interface SendOutcome {
  readonly outcome: SessionResult['outcome'] | 'refused';
  /** At most 60 characters: `250 accepted`, `535 5.7.8 at AUTH LOGIN`. */
  readonly summary: string;
  /** A few sentences: what happened, and what it means. */
  readonly explanation: string;
  /** The whole report, plain text. Empty where nothing was tried. */
  readonly report: string;
  readonly milliseconds: number;
  /** Undefined where nothing was tried. */
  readonly session: SessionResult | undefined;
  /** Why it failed, and what to do; undefined where it did not. */
  readonly details: Explanation | undefined;
}

/** Longest password, in characters. */
const passwordLimit = 2_000;

/**
 * Sends one test email as planned and tells what came of it. Whatever the network or the server does is in the result;
 * what cannot be tried at all is `refused`.
 */
export async function sendTestEmail(input: SendInput): Promise<SendOutcome> {
  const { plan, to, network } = input;
  const password = plan.login?.password === 'throwaway' ? new Secret(crypto.randomUUID()) : input.password;
  const refusal = refusalOf(plan, to, password);
  if (refusal) return refused(refusal);

  const date = network.date();
  const message = await testMessage(plan, to, date);
  const result = await deliver({
    plan,
    to,
    message,
    date,
    session: (composed) =>
      runSession({
        plan,
        to,
        message: composed,
        password: plan.login ? password : undefined,
        network,
        signal: input.signal,
        onStep: input.onStep ?? (() => {}),
        authorities: input.trustedAuthorities ?? [],
        limits: input.limits,
      }),
  });
  const details = result.stopped && explain({ ...result.stopped, plan, messageSent: result.messageSent, date });
  const reported = { plan, to, date, result, message, explanation: details };
  return {
    outcome: result.outcome,
    summary: summaryOf(result),
    explanation: explanationText(reported),
    report: renderReport(reported),
    milliseconds: result.milliseconds,
    session: result,
    details,
  };
}

function refusalOf(plan: Plan, to: string, password: Secret | undefined): string | undefined {
  if (!isMailbox(to)) return `The recipient “${visible(to)}” is not one plain address such as me@contoso.com.`;
  if (!plan.login) return undefined;
  const length = password?.length ?? 0;
  if (length === 0) return `The password of ${plan.login.userName} is needed to log in at ${plan.host}.`;
  return length > passwordLimit ? `The password is longer than ${passwordLimit} characters.` : undefined;
}

function refused(reason: string): SendOutcome {
  return {
    outcome: 'refused',
    summary: 'not sent',
    explanation: reason,
    report: '',
    milliseconds: 0,
    session: undefined,
    details: undefined,
  };
}
