import type { Login, Setting } from '../settings/model.ts';

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

function isLogin(value: unknown): value is Login {
  return typeof value === 'object' && value !== null && 'accountType' in value;
}
