import type { Failure, StepName } from './failure.ts';
import type { MechanismName } from './mechanisms/mechanism.ts';
import { sharePointOrder } from './mechanisms/order.ts';
import type { Plan } from './plan.ts';
import type { Offered, SessionResult } from './session.ts';

/** What a port of the server offers, found without a login and without an envelope. */
export interface PortFacts {
  readonly port: number;
  /** Where the look ended early, and why. */
  readonly stopped: { readonly step: StepName; readonly failure: Failure } | undefined;
  readonly offered: Offered;
  /** The mechanisms SharePoint would try there, in order. */
  readonly order: readonly MechanismName[];
}

/** The ports worth comparing: relay and submission. */
export const comparedPorts = [25, 587] as const;

export function portFactsOf(
  { port, tls }: Pick<Plan, 'port' | 'tls'>,
  { stopped, offered }: Pick<SessionResult, 'stopped' | 'offered'>,
): PortFacts {
  return { port, stopped, offered, order: sharePointOrder(tls ? (offered.afterTls ?? []) : offered.beforeTls) };
}
