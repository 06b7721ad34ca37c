import { type Explanation, type Severity, tell } from './explain.ts';
import type { TestMessage } from './message.ts';
import { loginObservations } from './observations/login.ts';
import { messageObservations } from './observations/message.ts';
import { portObservations } from './observations/ports.ts';
import { probeObservations } from './observations/probes.ts';
import { serverObservations } from './observations/server.ts';
import type { ObservationEntry } from './observations/table.ts';
import { tlsObservations } from './observations/tls.ts';
import type { Plan } from './plan.ts';
import type { PortFacts } from './ports.ts';
import type { SessionResult } from './session.ts';

/** A test email or a probe that was carried out, and everything that was found. */
export interface Tested {
  readonly plan: Plan;
  readonly to: string;
  /** Why this recipient, where the user did not name it: goes on after the address and a comma. */
  readonly toNote?: string | undefined;
  /** When it began. */
  readonly date: Date;
  readonly result: SessionResult;
  /** Undefined for a probe. */
  readonly message: Pick<TestMessage, 'lost'> | undefined;
  readonly ports: readonly PortFacts[];
}

/** Everything that can be worth knowing besides the one failure. All that fit are shown. */
export const observations: readonly ObservationEntry[] = [
  ...loginObservations,
  ...tlsObservations,
  ...serverObservations,
  ...probeObservations,
  ...portObservations,
  ...messageObservations,
];

const gravestFirst: readonly Severity[] = ['error', 'warning', 'information'];

/** What is worth knowing besides the one failure, if any: the gravest first. */
export function observationsOf(tested: Tested): readonly Explanation[] {
  // The inbox of this computer says nothing about a server.
  const table = tested.plan.route === 'localInbox' ? messageObservations : observations;
  const told = table.filter(({ when }) => when(tested)).map((entry) => tell(entry, tested));
  return gravestFirst.flatMap((severity) => told.filter((each) => each.severity === severity));
}
