import type { UserSettings } from '../../../server/src/lsp/protocol.ts';

/** A setting as VS Code's `inspect` tells it: what came from where. */
export interface Inspected {
  readonly defaultValue?: unknown;
  /** The user's, or this computer's. */
  readonly globalValue?: unknown;
}

/** Seconds; the least and the most that count. */
const timeouts = { least: 1, most: 300, otherwise: 60 };

/**
 * What the user has set for this computer below `farmEmail.testEmail`. What a workspace or a folder says does not count,
 * in whatever form it is written: whoever wrote the folder must not decide whom this computer trusts and what it tells.
 */
export function userSettings(inspect: (name: string) => Inspected | undefined): Required<UserSettings> {
  const value = (name: string): unknown => {
    const inspected = inspect(name);
    return inspected?.globalValue ?? inspected?.defaultValue;
  };
  return {
    certificateAuthorities: texts(value('certificateAuthorities')),
    allowedEnvironmentVariables: texts(value('allowedEnvironmentVariables')),
    timeout: seconds(value('timeout')),
    allowedRecipientDomains: texts(value('allowedRecipientDomains')),
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function seconds(value: unknown): number {
  if (typeof value !== 'number') return timeouts.otherwise;
  return Math.min(Math.max(value, timeouts.least), timeouts.most);
}
