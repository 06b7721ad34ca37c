import { type Analysis, settingsOf } from '../analysis.ts';
import { placeOf, type Span } from '../document/node.ts';
import type { Finding } from '../lint/finding.ts';
import type { EffectiveSettings, Setting } from '../settings/model.ts';
import type { Explanation } from '../smtp/explain.ts';
import { type Scope, scopesOf } from './scopes.ts';

/** Rules that say of a value what a test found as well, once it is recorded in the file: one cause, one finding, the one with fixes. */
export const saidByRules: Readonly<Record<string, readonly string[]>> = {
  'auth-mechanism-unsupported': ['login-only-foreign'],
  'auth-without-tls': ['login-readable', 'login-unprotected', 'login-without-tls'],
  'impersonation-blocked': ['other-sender-refused'],
  'port-implicit-tls': ['implicit-tls-port'],
  'server-ignores-client-cert': ['client-certificate-not-asked'],
  'server-refuses-anonymous': ['login-wanted'],
  'server-refuses-relay': ['outside-recipient-refused', 'relay-denied'],
  'server-without-starttls': ['old-server-without-tls', 'starttls-not-offered'],
  'submission-port-without-tls': ['starttls-not-used'],
  'tls-disabled': ['starttls-not-used'],
};

/** What came of a test email or a probe, as far as it concerns the file. */
export interface TestResult {
  /** Why it failed. */
  readonly details: Explanation | undefined;
  readonly observations: readonly Explanation[];
}

/**
 * What a test of `/farm` or `/webApplications/<index>` found, each on the value it points at: where the setting is stated,
 * else on the name of the block that lacks it. What no change of the file can mend stands on `smtpServer`; what concerns
 * only whoever tests stands nowhere.
 */
export function findingsOfTest(analysis: Analysis, scope: string, result: TestResult): readonly Finding[] {
  const settings = settingsOf(analysis, scope);
  const tested = scopesOf(analysis).find(({ pointer }) => pointer === scope);
  if (settings === undefined || tested === undefined) return [];
  return [result.details, ...result.observations]
    .flatMap((explanation) => (explanation === undefined ? [] : (findingOf(explanation, settings, tested) ?? [])))
    .filter((finding) => !isSaidByRule(finding, analysis));
}

function isSaidByRule({ rule: probed, at }: Finding, { findings }: Analysis): boolean {
  const id = probed.slice('probe/'.length);
  return findings.some(
    ({ rule, at: other }) =>
      saidByRules[rule]?.includes(id) && other.block === at.block && other.start === at.start && other.end === at.end,
  );
}

function findingOf(explanation: Explanation, settings: EffectiveSettings, tested: Scope): Finding | undefined {
  const { id, severity, brief, who, setting } = explanation;
  if (setting === undefined && who === 'you') return undefined;
  const stated = settings[setting ?? 'smtpServer'];
  const isInherited = settings.scope.kind === 'webApplication' && stated?.origin === 'farm';
  return {
    rule: `probe/${id}`,
    severity,
    message: brief,
    at: placeOfSetting(stated) ?? tested.at,
    node: stated?.stated?.node,
    fixes: [],
    related: isInherited ? [{ message: `Tested for ${tested.title}`, at: tested.at }] : [],
  };
}

function placeOfSetting(setting: Setting<unknown> | undefined): Span | undefined {
  return setting?.stated && placeOf(setting.stated.node, setting.stated.key);
}
