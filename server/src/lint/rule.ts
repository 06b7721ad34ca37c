import type { CertificateReading } from '../certificates/reading.ts';
import type { Fix } from '../document/edit.ts';
import type {
  Certificate,
  Common,
  EffectiveSettings,
  FarmEmail,
  Setting,
  SharePointVersion,
  Stated,
} from '../settings/model.ts';
import type { Severity } from './finding.ts';

/** A public page that a rule's claim rests on. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/** What a rule reports on: a value that is written in the file. */
export type Target = Stated<unknown> | Setting<unknown>;

/** Where a target is written; undefined for a setting that has its default. */
export function statedOf(target: Target): Stated<unknown> | undefined {
  return 'origin' in target ? target.stated : target;
}

export interface ReportDetails {
  /** One of the rule's other severities; the rule's own where absent. */
  readonly severity?: Severity;
  /** Title and edits of the way out; whether it is safe is the rule's to say, once, or for this finding where it is less so. */
  readonly fix?: (Pick<Fix, 'title' | 'edits'> & { readonly kind?: 'suggested' }) | undefined;
  /** Other values that have to do with it. */
  readonly related?: readonly { readonly message: string; readonly at: Target }[];
}

/** Reports `message` (what is wrong with this value, then why; about 100 characters) on a written value. On one that is not written nothing can be reported. */
export type Report = (at: Target, message: string, details?: ReportDetails) => void;

/** What a rule may know besides the file. */
export interface Knowledge {
  /** What the file of a certificate says; undefined where it was not read. */
  readonly certificate: (certificate: Certificate) => CertificateReading | undefined;
  /** The day, at midnight UTC; undefined where nobody handed in a clock: then rules on dates are silent. */
  readonly today: Date | undefined;
}

interface RuleText {
  /** kebab-case, the name of the rule's file. */
  readonly id: string;
  /** One line, as a heading. */
  readonly title: string;
  readonly severity: Severity;
  /** Other severities that a finding may have, as its page tells; `ReportDetails.severity` says when. */
  readonly otherSeverities?: readonly Severity[];
  /** The SharePoint versions it holds for; where the file states none of them, the rule is silent. */
  readonly versions: 'all' | readonly SharePointVersion[];
  readonly sources: readonly [Source, ...Source[]];
  /** Markdown with the headings `What it reports`, `Why it matters`, `Example`, `Instead`. References are added. */
  readonly docs: string;
  /** `safe` where its fix may be applied without a look; absent where it has none. */
  readonly fix?: Fix['kind'];
  /** Rules whose finding on the same value says less. */
  readonly supersedes?: readonly string[];
}

/** Checks the effective settings of the farm, then of each web application. */
export interface SettingsRule extends RuleText {
  readonly over: 'settings';
  check(
    context: { readonly settings: EffectiveSettings; readonly common: Common; readonly report: Report } & Knowledge,
  ): void;
}

/** Checks what has to be seen in one piece: servers, certificates, secrets, all web applications. */
export interface FileRule extends RuleText {
  readonly over: 'file';
  check(context: { readonly file: FarmEmail; readonly report: Report } & Knowledge): void;
}

export type Rule = SettingsRule | FileRule;

/** Gives a rule its type. A rule sees typed settings only: no offsets, no severity settings, no file, no network. */
export function defineRule<R extends Rule>(rule: R): R {
  return rule;
}
