import type { Analysis } from '../analysis.ts';
import type { Finding } from '../lint/finding.ts';
import type { Explanation } from '../smtp/explain.ts';

/** What a test found, on the values of the file that it points at. */
export function findingsOfTest(
  _analysis: Analysis,
  _scope: string,
  _tested: { readonly details: Explanation | undefined; readonly observations: readonly Explanation[] },
): readonly Finding[] {
  return [];
}
