import type { Memento } from 'vscode';
import type { PlanSummary } from '../../../server/src/lsp/protocol.ts';

/** The mail servers that a user of this computer has tested before: host, port, TLS mode and user. */
export interface Destinations {
  isKnown(plan: Destination): boolean;
  /** After the user said yes to it. */
  used(plan: Destination): Promise<void>;
}

type Destination = Pick<PlanSummary, 'host' | 'port' | 'tls' | 'user' | 'route'>;

const key = 'farmEmail.destinations';
const most = 200;

export function createDestinations(state: Memento): Destinations {
  const all = (): readonly string[] => state.get<readonly string[]>(key, []);
  const nameOf = ({ host, port, tls, user }: Destination): string =>
    JSON.stringify([host.toLowerCase(), port, tls, user]);
  return {
    // The inbox of this computer is no destination to be careful about.
    isKnown: (plan) => plan.route === 'localInbox' || all().includes(nameOf(plan)),
    async used(plan) {
      if (plan.route === 'localInbox') return;
      const name = nameOf(plan);
      await state.update(key, [name, ...all().filter((each) => each !== name)].slice(0, most));
    },
  };
}
