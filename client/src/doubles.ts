/**
 * Where another language server reads the same file (VS Code's own for JSON, Red Hat's for YAML), it reports broken syntax
 * too, and what the schema forbids where the file names that schema in `$schema`. Nobody can silence it from outside, so
 * it is our finding of the same mistake that is left out; its quick fixes stay. What they do not report, we do.
 */

export interface Place {
  readonly line: number;
  readonly character: number;
}

/** As much of a VS Code diagnostic as is compared. */
export interface Reported {
  readonly source?: string | undefined;
  readonly code?: string | number | { readonly value: string | number } | undefined;
  readonly range: { readonly start: Place; readonly end: Place };
}

/** Findings of which another server has not reported the same mistake. */
export function withoutDoubles<Finding extends Reported>(
  ours: readonly Finding[],
  others: readonly Reported[],
): Finding[] {
  const theirs = others.map((each) => ({ kind: kindOfTheirs(each), range: each.range }));
  return ours.filter((finding) => {
    const [kind, name] = String(codeOf(finding)).split('/');
    return !theirs.some((each) => each.kind === kind && isSamePlace(finding.range, each.range, name));
  });
}

/** Whether a diagnostic is of a kind that may say what a finding of ours says. */
export function isOfOtherServer(diagnostic: Reported): boolean {
  return kindOfTheirs(diagnostic) !== undefined;
}

/** Sources: `YAML` and `yaml-schema: …` of yaml-language-server; `json`, or none, of vscode-json-languageservice. */
function kindOfTheirs(diagnostic: Reported): 'syntax' | 'schema' | undefined {
  const { source } = diagnostic;
  if (source === 'YAML') return 'syntax';
  if (source?.startsWith('yaml-schema') === true) return 'schema';
  if (source !== undefined && source !== 'json') return undefined;
  const code = codeOf(diagnostic);
  if (typeof code !== 'number') return source === undefined && code === undefined ? 'schema' : undefined;
  // ErrorCode of vscode-json-languageservice: of values below 0x100, of syntax below 0x300.
  return code < 0x100 ? 'schema' : code < 0x300 ? 'syntax' : undefined;
}

function codeOf({ code }: Reported): string | number | undefined {
  return typeof code === 'object' ? code.value : code;
}

/** What is absent has no place of its own: we name the key that lacks it, others its value. */
const absent = ['missing-key', 'type'];

function isSamePlace(ours: Reported['range'], theirs: Reported['range'], name: string | undefined): boolean {
  const touches = !isBefore(ours.end, theirs.start) && !isBefore(theirs.end, ours.start);
  return touches || (absent.includes(name ?? '') && ours.start.line === theirs.start.line);
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
