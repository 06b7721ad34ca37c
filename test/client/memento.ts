import type { Memento, SecretStorage } from 'vscode';

/** State as VS Code keeps it: what goes through is a copy. */
export function memento(): Memento {
  const values = new Map<string, string>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, otherwise?: T) => {
      const value = values.get(key);
      return value === undefined ? otherwise : (JSON.parse(value) as T);
    },
    update: async (key: string, value: unknown) => void values.set(key, JSON.stringify(value)),
  } as Memento;
}

export interface Stored extends SecretStorage {
  readonly values: ReadonlyMap<string, string>;
}

export function secretStorage(): Stored {
  const values = new Map<string, string>();
  return {
    values,
    get: async (key) => values.get(key),
    store: async (key, value) => void values.set(key, value),
    delete: async (key) => void values.delete(key),
    onDidChange: () => ({ dispose: () => undefined }),
  };
}
