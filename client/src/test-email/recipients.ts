import type { Memento } from 'vscode';

/** The recipients of the last tests from this workspace; in VS Code's state, never in a file. */
export interface Recipients {
  /** The latest first. */
  all(): readonly string[];
  used(address: string): Promise<void>;
  forget(address: string): Promise<void>;
}

const key = 'farmEmail.recipients';
const most = 5;

export function createRecipients(state: Memento): Recipients {
  const all = (): readonly string[] => state.get<readonly string[]>(key, []);
  const others = (address: string): readonly string[] => all().filter((each) => each !== address);
  return {
    all,
    used: async (address) => state.update(key, [address, ...others(address)].slice(0, most)),
    forget: async (address) => state.update(key, others(address)),
  };
}
