import { settingsOf } from '../analysis.ts';
import { offsetsOf } from '../document/places.ts';
import { recordServer } from '../ide/record-server.ts';
import { findingsOfTest } from '../ide/test-findings.ts';
import type { Finding } from '../lint/finding.ts';
import { prepare } from '../node/test-email.ts';
import { agreed, type Learned, learnedOf } from '../smtp/learned.ts';
import type { TestOutcome } from '../smtp/outcome.ts';
import type { Plan } from '../smtp/plan.ts';
import type { OpenFile } from './open-files.ts';
import type { RecordOffer } from './platform.ts';

export interface Done {
  readonly plan: Plan;
  readonly outcome: TestOutcome;
}

/** What tests of open files showed. It holds until an edit changes what would be tested. */
export interface TestsDone {
  add(uri: string, scope: string, done: Done): void;
  findings(file: OpenFile): readonly Finding[];
  /** Offers for the servers that settings in a part of the text point at. */
  offers(file: OpenFile, start: number, end: number): readonly RecordOffer[];
  forget(uri: string): void;
}

export function testsDone(): TestsDone {
  const files = new Map<string, Map<string, Done>>();

  /** An edit of what was tested ends what it showed, for good: to undo the edit brings nothing back. */
  function holding({ uri, analysis }: OpenFile): readonly (readonly [string, Done])[] {
    const scopes = files.get(uri);
    for (const [scope, { plan }] of scopes ?? []) {
      const now = prepare(analysis, scope, { kind: 'asConfigured' }, plan.purpose);
      if (now.kind !== 'plan' || now.plan.digest !== plan.digest) scopes?.delete(scope);
    }
    return [...(scopes ?? [])];
  }

  return {
    add(uri, scope, done) {
      // A mail that stayed on this computer shows nothing of the server in the file.
      if (done.plan.route !== 'asConfigured' || done.outcome.session === undefined) return;
      const scopes = files.get(uri) ?? new Map<string, Done>();
      files.set(uri, scopes.set(scope, done));
    },
    findings: (file) => holding(file).flatMap(([scope, { outcome }]) => findingsOfTest(file.analysis, scope, outcome)),
    offers(file, start, end) {
      const learned = new Map<string, Learned>();
      for (const [scope, { plan, outcome }] of holding(file)) {
        if (outcome.session === undefined || !isTouched(file, scope, start, end)) continue;
        learned.set(plan.host, agreed(learnedOf(plan, outcome.session), learned.get(plan.host)));
      }
      return [...learned].flatMap(([host, each]) => {
        const edits = recordServer(file.analysis, each);
        return edits.length === 0 ? [] : [{ title: `Record what ${host} offers`, edits }];
      });
    },
    forget: (uri) => files.delete(uri),
  };
}

/** True where the name of the server stands in the part, or a finding of the test. */
function isTouched({ analysis }: OpenFile, scope: string, start: number, end: number): boolean {
  const node = settingsOf(analysis, scope)?.smtpServer?.stated?.node;
  if (node === undefined) return false;
  const at = offsetsOf(analysis.document, node);
  return at.end >= start && at.start <= end;
}
