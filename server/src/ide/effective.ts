import { type Analysis, settingsOf } from '../analysis.ts';
import type { Node } from '../document/node.ts';
import { scalarText } from '../document/written.ts';
import type { Login, Setting } from '../settings/model.ts';
import { settingNames } from '../settings/setting-names.ts';
import { visible } from '../text/visible.ts';

/** What a setting is, for people: the value, or why there is none to show. */
export function shownValue(setting: Setting<unknown> | undefined): string {
  if (setting === undefined) return 'not set';
  const { value, stated } = setting;
  if (value === undefined) {
    const node = stated?.node;
    return node?.kind === 'scalar' ? String(node.value) : 'filled in later';
  }
  if (value === null) return 'none';
  return isLogin(value) ? (value.userName?.value ?? 'a login without user name') : String(value);
}

/** Where origins stand: so that a longer value moves no other line. */
const originColumn = 44;

/**
 * The settings in force for `/farm` or `/webApplications/<index>`, as YAML, one a line with its origin: to read, and to
 * compare with another. Of a secret it holds the reference alone. Undefined where there is no such scope.
 */
export function effectiveText(analysis: Analysis, scope: string): string | undefined {
  const settings = settingsOf(analysis, scope);
  if (settings === undefined) return undefined;
  const lines = settingNames.flatMap((name) => {
    const setting = settings[name];
    if (setting === undefined) return [`# ${name} is not set`];
    const { value, origin } = setting;
    const isBlock = isLogin(value);
    const line = isBlock ? `${name}:` : `${name}: ${writtenValue(setting)}`;
    const first = `${line.padEnd(originColumn)} # ${originNames[origin]}`;
    return [first, ...(isBlock ? loginLines(value) : [])];
  });
  return `${lines.join('\n')}\n`;
}

const originNames: Readonly<Record<Setting<unknown>['origin'], string>> = {
  default: 'built-in default',
  farm: 'farm',
  webApplication: 'web application',
};

function writtenValue({ value, stated }: Setting<unknown>): string {
  if (value === undefined) return written(stated?.node);
  return scalar(value);
}

function loginLines({ userName, password, accountType, sendAs }: Login): readonly string[] {
  const lines = userName === undefined ? [] : [`  userName: ${written(userName.node)}`];
  if (password !== undefined) {
    const isLiteral = password.value === undefined || password.value.kind === 'literal';
    lines.push(isLiteral ? '  # the password is not shown' : `  password: ${written(password.node)}`);
  }
  lines.push(`  accountType: ${accountType}`);
  if (sendAs.length > 0) lines.push(`  sendAs: [${sendAs.map(({ node }) => written(node)).join(', ')}]`);
  return lines;
}

/** A value as the file has it; that of a placeholder is not known. */
function written(node: Node | undefined): string {
  return node?.kind === 'scalar' ? scalar(node.value) : '# filled in later';
}

function scalar(value: unknown): string {
  const isPlain = typeof value === 'number' || typeof value === 'boolean' || value === null;
  return isPlain ? String(value) : scalarText('yaml', visible(String(value)), 'plain', true);
}

function isLogin(value: unknown): value is Login {
  return typeof value === 'object' && value !== null && 'accountType' in value;
}
