import type { Memento, SecretStorage } from 'vscode';
import type { PasswordPlace } from '../../../server/src/lsp/protocol.ts';

/** A password that is kept: what it opens, and when it was kept. Holds no secret. */
export interface KeptPassword {
  readonly place: PasswordPlace;
  /** ISO 8601. */
  readonly since: string;
}

/**
 * Passwords in VS Code's secret storage, each under exactly what it opens: host, port, user and TLS mode, or the real path of
 * a file. A file that changes any of these gets no password that was kept for another. VS Code neither syncs them nor
 * writes them to settings.
 */
export interface Passwords {
  of(place: PasswordPlace): Promise<string | undefined>;
  keep(place: PasswordPlace, password: string): Promise<void>;
  forget(places: readonly PasswordPlace[]): Promise<void>;
  /** What is kept, newest first. */
  all(): readonly KeptPassword[];
}

/** Where the list of what is kept stands: VS Code 1.101 cannot list its secrets. */
const indexKey = 'farmEmail.keptPasswords';

export function createPasswords(secrets: SecretStorage, state: Memento): Passwords {
  const all = (): readonly KeptPassword[] => state.get<readonly KeptPassword[]>(indexKey, []);
  const without = (places: readonly PasswordPlace[]): readonly KeptPassword[] => {
    const keys = new Set(places.map(secretKey));
    return all().filter(({ place }) => !keys.has(secretKey(place)));
  };
  return {
    of: async (place) => secrets.get(secretKey(place)),
    async keep(place, password) {
      // The list first: what is kept can always be forgotten.
      await state.update(indexKey, [{ place, since: new Date().toISOString() }, ...without([place])]);
      await secrets.store(secretKey(place), password);
    },
    async forget(places) {
      for (const place of places) await secrets.delete(secretKey(place));
      await state.update(indexKey, without(places));
    },
    all,
  };
}

/** The same for the same place, and for no other. */
export function secretKey(place: PasswordPlace): string {
  const parts =
    place.kind === 'file'
      ? ['file', place.path]
      : ['smtp', place.host.toLowerCase(), place.port, place.user, place.tls ? 'STARTTLS' : 'no TLS'];
  return `farmEmail.password ${JSON.stringify(parts)}`;
}
