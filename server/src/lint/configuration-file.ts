import { readDocument, textOf } from '../document/document.ts';
import { type Fix, replaceScalar } from '../document/edit.ts';
import { type Mapping, type Node, pairOf, placeOf, type Scalar, type Span } from '../document/node.ts';
import type { PlaceholderPattern } from '../document/placeholder.ts';
import type { Format } from '../document/split.ts';
import { configurationShape } from '../schema/configuration.ts';
import { validate } from '../schema/validate.ts';
import { applyEdits } from '../text/position.ts';
import { safeEdits } from './apply.ts';
import { type Configuration, type Ignore, noConfiguration } from './configuration.ts';
import { inFileOrder } from './file-order.ts';
import { type Checked, type Finding, type Severity, schemaFinding, syntaxFinding } from './finding.ts';
import { globForm, globOf } from './glob.ts';

/** A `farm-email.config` file: what it says, and what is wrong with it. What is wrong does not take effect. */
export interface ConfigurationFile extends Checked {
  readonly kind: 'configuration';
  readonly configuration: Configuration;
}

/** Most entries of `ignore`: each file is compared with all of them. */
const ignoreLimit = 500;

/** Most placeholders that a configuration may add, and most characters of one: each value is searched for all of them. */
const placeholderLimit = 20;
const placeholderLength = 100;

/** Reads the text of a configuration. Never throws, whatever the text. */
export function readConfiguration(format: Format, text: string): ConfigurationFile {
  const document = readDocument(format, text);
  const problems: Finding[] = [];
  const configuration = read(document.root, problems);
  const shape = validate(document, undefined, configurationShape).problems;
  const findings = [...document.problems.map(syntaxFinding), ...shape.map(schemaFinding), ...problems];
  return { kind: 'configuration', document, suppressed: [], findings: inFileOrder(document, findings), configuration };
}

/** A configuration of which nothing is known but why it is not read. */
export function unreadConfiguration(format: Format, message: string): ConfigurationFile {
  return withFinding(readConfiguration(format, ''), 'unreadable', message, 'error', true);
}

/** The configuration with a finding on the whole of it: on its first key. `alone` leaves the others out. */
export function withFinding(
  file: ConfigurationFile,
  code: string,
  message: string,
  severity: Severity,
  alone = false,
): ConfigurationFile {
  const { root } = file.document;
  const node = firstKeyOf(root);
  return { ...file, findings: [finding(code, message, node, undefined, severity), ...(alone ? [] : file.findings)] };
}

/** The configuration with a finding on each ignore that was not needed. */
export function withUnusedIgnores(file: ConfigurationFile, unused: readonly Ignore[]): ConfigurationFile {
  if (unused.length === 0) return file;
  const message = 'Nothing is found that this entry would accept';
  const found = unused.map(({ node }) => {
    return { ...finding('unused-ignore', message, firstKeyOf(node), undefined, 'warning'), node };
  });
  return { ...file, findings: inFileOrder(file.document, [...file.findings, ...found]) };
}

/** The configuration with its safe fixes applied. */
export function withSafeConfigurationFixes({ document, findings }: ConfigurationFile): ConfigurationFile {
  return readConfiguration(document.format, applyEdits(textOf(document), safeEdits(document, findings)));
}

function read(root: Node, problems: Finding[]): Configuration {
  if (root.kind !== 'mapping') return noConfiguration;
  const version = pairOf(root, 'version')?.value;
  // What another version would mean is not known.
  if (version !== undefined && !(version.kind === 'scalar' && (version.value === 1 || version.value === null))) {
    return noConfiguration;
  }
  const placeholders = itemsAt(root, 'placeholders').flatMap((item, i) => readPlaceholder(item, i, problems));
  return {
    severities: readSeverities(pairOf(root, 'rules')?.value),
    ignores: readIgnores(itemsAt(root, 'ignore'), problems),
    placeholders: placeholders.length === 0 ? noConfiguration.placeholders : placeholders,
  };
}

const levels: readonly unknown[] = ['off', 'hint', 'information', 'warning', 'error'];

function readSeverities(node: Node | undefined): Configuration['severities'] {
  if (node?.kind !== 'mapping') return noConfiguration.severities;
  const stated = node.pairs.flatMap(({ key, value }): readonly [string, Severity | 'off'][] =>
    value.kind === 'scalar' && levels.includes(value.value)
      ? [[String(key.value), value.value as Severity | 'off']]
      : [],
  );
  return stated.length === 0 ? noConfiguration.severities : new Map(stated);
}

function readIgnores(items: readonly Node[], problems: Finding[]): readonly Ignore[] {
  const beyond = items[ignoreLimit];
  if (beyond !== undefined) {
    const message = `Only ${ignoreLimit} entries are read; this one and those behind it accept nothing`;
    problems.push(finding('ignore', message, firstKeyOf(beyond)));
  }
  return items.slice(0, ignoreLimit).flatMap((item) => readIgnore(item, problems));
}

const ignoreKeys: readonly unknown[] = ['files', 'pointer', 'rules', 'reason'];

/** None where anything of it is wrong: what was meant to narrow it must not be lost. */
function readIgnore(item: Node, problems: Finding[]): readonly Ignore[] {
  if (item.kind !== 'mapping') return [];
  const files = textAt(item, 'files');
  const pointer = textAt(item, 'pointer');
  const reason = textAt(item, 'reason');
  const rules = itemsAt(item, 'rules').flatMap((node) => textOfScalar(node) ?? []);
  const glob = files && globOf(files.text);
  const report = (code: string, { node }: Text, message: string, fix?: Fix): void => {
    problems.push(finding(code, message, node, fix));
  };
  if (files !== undefined && glob === undefined) {
    const slashes = files.text.replaceAll('\\', '/');
    const fix = globOf(slashes) && changeFix(files.node, slashes);
    report('glob', files, `This is not ${globForm}; the entry accepts nothing`, fix);
  }
  if (pointer !== undefined && !isPointer(pointer.text)) {
    const meant = `/${pointer.text.replace(/^#?\/?/, '')}`;
    const fix = isPointer(meant) ? changeFix(pointer.node, meant) : undefined;
    report('pointer', pointer, 'A JSON pointer starts with `/`, as in `/farm/outgoingEmail`', fix);
  }
  if (reason !== undefined && reason.text.trim() === '')
    report('reason', reason, 'Say why these findings are accepted');
  const isWhole =
    item.pairs.every(({ key }) => ignoreKeys.includes(key.value)) &&
    reason !== undefined &&
    reason.text.trim() !== '' &&
    (glob !== undefined || isAbsent(item, 'files')) &&
    (pointer === undefined ? isAbsent(item, 'pointer') : isPointer(pointer.text));
  const entry = { files: glob, pointer: pointer?.text, rules, reason: reason?.text ?? '', node: item };
  return isWhole && rules.length > 0 ? [entry] : [];
}

/** RFC 6901. */
function isPointer(text: string): boolean {
  return /^(?:\/(?:[^/~]|~[01])*)*$/.test(text);
}

function readPlaceholder(item: Node, index: number, problems: Finding[]): readonly PlaceholderPattern[] {
  const text = textOfScalar(item);
  if (text === undefined) return [];
  const [before = '', after, ...more] = text.split('*');
  const problem =
    index >= placeholderLimit
      ? `Only ${placeholderLimit} placeholders can be added; this one is left out`
      : text.length > placeholderLength
        ? `A placeholder has at most ${placeholderLength} characters; this one is left out`
        : after === undefined || more.length > 0
          ? 'A placeholder has exactly one `*`, which stands for what varies'
          : before === '' || before.length + after.length < 2
            ? 'At least two characters must stand around the `*`, and one of them before it'
            : undefined;
  if (problem === undefined) return [{ before, after: after ?? '' }];
  problems.push(finding('placeholder', problem, item));
  return [];
}

function finding(code: string, message: string, node: Node, fix?: Fix, severity: Severity = 'error'): Finding {
  const at: Span = placeOf(node, undefined);
  const fixes = fix === undefined ? [] : [fix];
  return { rule: `configuration/${code}`, severity, message, at, node, fixes, related: [] };
}

function firstKeyOf(node: Node): Node {
  return node.kind === 'mapping' ? (node.pairs[0]?.key ?? node) : node;
}

function changeFix(node: Scalar, text: string): Fix {
  return { title: `Change to \`${text}\``, kind: 'suggested', edits: (format) => replaceScalar(format, node, text) };
}

interface Text {
  readonly text: string;
  readonly node: Scalar;
}

function textAt(mapping: Mapping, key: string): Text | undefined {
  const node = pairOf(mapping, key)?.value;
  return node?.kind === 'scalar' && typeof node.value === 'string' ? { text: node.value, node } : undefined;
}

function isAbsent(mapping: Mapping, key: string): boolean {
  return pairOf(mapping, key) === undefined;
}

function itemsAt(mapping: Mapping, key: string): readonly Node[] {
  const node = pairOf(mapping, key)?.value;
  return node?.kind === 'sequence' ? node.items : [];
}

function textOfScalar(node: Node): string | undefined {
  return node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The configuration with a finding that says which one counts, where it is not alone in its folder. */
export function besideOthers(read: ConfigurationFile, name: string, names: readonly string[]): ConfigurationFile {
  const [first] = names;
  const others = names.filter((each) => each !== name).map((each) => `\`${each}\``);
  if (first === undefined || others.length === 0) return read;
  const message =
    first === name
      ? `This configuration counts; ${others.join(', ')} beside it is not read`
      : `\`${first}\` beside it counts; this configuration is not read`;
  return withFinding(read, 'several-files', message, 'warning');
}
