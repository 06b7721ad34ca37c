import type { Purpose, Route, SendResult, SendScope } from '../../../server/src/lsp/protocol.ts';

/** One test, an email or a probe, that ended. */
export interface Verdict {
  /** Unlike that of any other verdict. */
  readonly id: string;
  readonly purpose: Purpose;
  /** The scope's title. */
  readonly title: string;
  readonly at: Date;
  readonly result: SendResult;
  /** What to ask for once more; of a test email only. */
  readonly again?: { readonly to: string; readonly route: Route };
}

/** A test under way. */
export interface Running {
  readonly purpose: Purpose;
  /** As `sendProgress` names it; empty before the first. */
  readonly step: string;
  readonly cancel: () => void;
}

export interface ScopeSends {
  running?: Running;
  verdict?: Verdict;
}

/** Reports on the test that `begin` opened. */
export interface SendHandle {
  step(step: string): void;
  /** @param verdict None where there is nothing to show: then the one before stays. */
  end(verdict: Verdict | undefined): void;
}

/** What is being sent or probed and what became of it, in memory only, for as long as the document is open. */
export interface Sends {
  of(uri: string, scope: SendScope): Readonly<ScopeSends>;
  begin(uri: string, scope: SendScope, purpose: Purpose, cancel: () => void): SendHandle;
  /** Newest first; of all scopes of the document, or of one. */
  verdicts(uri: string, scope?: string): readonly Verdict[];
  isRunning(): boolean;
  hasVerdict(): boolean;
  /** Cancels what runs for one scope; without one, all that runs. */
  cancel(target?: { readonly uri: string; readonly scope: string }): void;
  forget(uri: string): void;
}

export function createSends(changed: () => void): Sends {
  const documents = new Map<string, Map<string, ScopeSends>>();
  const all = (): ScopeSends[] => [...documents.values()].flatMap((scopes) => [...scopes.values()]);

  return {
    of: (uri, scope) => documents.get(uri)?.get(key(scope)) ?? {},

    begin(uri, scope, purpose, cancel) {
      const scopes = documents.get(uri) ?? new Map<string, ScopeSends>();
      documents.set(uri, scopes);
      const sends = scopes.get(key(scope)) ?? {};
      scopes.set(key(scope), sends);
      sends.running = { purpose, step: '', cancel };
      changed();
      return {
        step(step) {
          sends.running = { purpose, step, cancel };
          changed();
        },
        end(verdict) {
          delete sends.running;
          if (verdict !== undefined) sends.verdict = verdict;
          changed();
        },
      };
    },

    verdicts: (uri, scope) =>
      [...(documents.get(uri) ?? [])]
        .filter(([name]) => scope === undefined || name.startsWith(`${scope}\n`))
        .flatMap(([, { verdict }]) => verdict ?? [])
        .sort((a, b) => b.at.getTime() - a.at.getTime()),

    isRunning: () => all().some(({ running }) => running !== undefined),

    hasVerdict: () => all().some(({ verdict }) => verdict !== undefined),

    cancel(target) {
      for (const [uri, scopes] of documents) {
        for (const [name, { running }] of scopes) {
          const isMeant = target === undefined || (target.uri === uri && name.startsWith(`${target.scope}\n`));
          if (isMeant) running?.cancel();
        }
      }
    },

    forget(uri) {
      if (documents.delete(uri)) changed();
    },
  };
}

/** Pointer and title: after web applications change places, none shows the verdict of another. */
function key({ scope, title }: SendScope): string {
  return `${scope}\n${title}`;
}
