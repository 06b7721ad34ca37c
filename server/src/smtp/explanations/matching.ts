import type { Facts } from '../explain.ts';
import type { Failure, StepName } from '../failure.ts';

type When = (facts: Facts) => boolean;

interface ReplyPattern {
  readonly codes: readonly number[];
  /** Any of these; none given fits every reply. */
  readonly enhanced?: readonly string[];
  readonly text?: RegExp;
}

/** A reply with one of the codes that has one of the enhanced codes or a text that fits, at one of the steps. */
export function reply(pattern: ReplyPattern, ...steps: readonly StepName[]): When {
  return ({ step, failure }) => {
    if (failure.kind !== 'reply' || !isAt(step, steps) || !pattern.codes.includes(failure.reply.code)) return false;
    const { enhanced, text } = failure.reply;
    if (!pattern.enhanced && !pattern.text) return true;
    return pattern.enhanced?.includes(enhanced ?? '') || (pattern.text?.test(text) ?? false);
  };
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

export function anyOf(...conditions: readonly When[]): When {
  return (facts) => conditions.some((condition) => condition(facts));
}

export function allOf(...conditions: readonly When[]): When {
  return (facts) => conditions.every((condition) => condition(facts));
}

/** The reply as `535 5.7.8 Text`; empty for other failures. */
export function quoted({ failure }: Facts): string {
  if (failure.kind !== 'reply') return '';
  const { code, text } = failure.reply;
  return `“${`${code} ${text}`.trim()}”`;
}

function isAt(step: StepName, steps: readonly StepName[]): boolean {
  return steps.length === 0 || steps.includes(step);
}
