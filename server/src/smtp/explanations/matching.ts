import type { Facts } from '../explain.ts';
import type { Failure, Reply, StepName } from '../failure.ts';

type When = (facts: Facts) => boolean;

interface ReplyPattern {
  /** None given fits every code. */
  readonly codes?: readonly number[];
  /** Any of these, or `text`; neither given fits every reply. */
  readonly enhanced?: readonly string[];
  readonly text?: RegExp;
}

/** The steps at which a mail is announced and handed over. */
export const envelope = ['MAIL FROM', 'RCPT TO', 'DATA'] as const;

/** The codes of a no to a login. */
export const loginRefusals: readonly number[] = [530, 535, 550, 553, 554];

/** A reply with one of the codes that has one of the enhanced codes or a text that fits, at one of the steps. */
export function reply(pattern: ReplyPattern, ...steps: readonly StepName[]): When {
  return ({ step, failure }) => {
    if (failure.kind !== 'reply' || !isAt(step, steps)) return false;
    if (pattern.codes && !pattern.codes.includes(failure.reply.code)) return false;
    const { enhanced, text } = failure.reply;
    if (!pattern.enhanced && !pattern.text) return true;
    return pattern.enhanced?.includes(enhanced ?? '') || (pattern.text?.test(text) ?? false);
  };
}

/** A reply of which it is true, at one of the steps. */
export function replyThat(isTrue: (reply: Reply) => boolean, ...steps: readonly StepName[]): When {
  return ({ step, failure }) => failure.kind === 'reply' && isAt(step, steps) && isTrue(failure.reply);
}

/** True where the server took a login. */
export function isLoggedIn({ logins }: Facts): boolean {
  return logins.some(({ failure }) => failure === undefined);
}

/** True where the server knows no EHLO. */
export function saidHelo({ conversation }: Facts): boolean {
  return conversation.some(({ from, text }) => from === 'client' && text.startsWith('HELO '));
}

/** A failure of this kind, with these properties, at one of the steps. */
export function failure<K extends Failure['kind']>(
  kind: K,
  properties: Partial<Extract<Failure, { kind: K }>> = {},
  ...steps: readonly StepName[]
): When {
  return (facts) =>
    facts.failure.kind === kind &&
    isAt(facts.step, steps) &&
    Object.entries(properties).every(([name, value]) => Reflect.get(facts.failure, name) === value);
}

/** A failure whose detail, the system's own word for it, fits. */
export function detail(pattern: RegExp): When {
  return ({ failure: reason }) => 'detail' in reason && pattern.test(reason.detail);
}

export function anyOf(...conditions: readonly When[]): When {
  return (facts) => conditions.some((condition) => condition(facts));
}

export function allOf(...conditions: readonly When[]): When {
  return (facts) => conditions.every((condition) => condition(facts));
}

export function not(condition: When): When {
  return (facts) => !condition(facts);
}

function isAt(step: StepName, steps: readonly StepName[]): boolean {
  return steps.length === 0 || steps.includes(step);
}
