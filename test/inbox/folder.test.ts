import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { defaultInboxFolder } from '../../server/src/inbox/folder.ts';

test.each([
  ['linux', { HOME: '/home/me' }, '/home/me/.local/state/farm-email/inbox'],
  ['linux', { HOME: '/home/me', XDG_STATE_HOME: '/state' }, '/state/farm-email/inbox'],
  ['linux', { HOME: '/home/me', XDG_STATE_HOME: 'relative' }, '/home/me/.local/state/farm-email/inbox'],
  ['linux', { HOME: '/home/me', XDG_STATE_HOME: '' }, '/home/me/.local/state/farm-email/inbox'],
  ['linux', {}, `${homedir()}/.local/state/farm-email/inbox`],
  ['darwin', { HOME: '/Users/me' }, '/Users/me/Library/Application Support/farm-email/inbox'],
  ['win32', { LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' }, 'C:\\Users\\me\\AppData\\Local\\farm-email\\inbox'],
  ['win32', { USERPROFILE: 'C:\\Users\\me' }, 'C:\\Users\\me\\AppData\\Local\\farm-email\\inbox'],
  ['linux', { HOME: '/home/me', FARM_EMAIL_INBOX_FOLDER: '/tmp/inbox/' }, '/tmp/inbox'],
  ['win32', { FARM_EMAIL_INBOX_FOLDER: 'D:\\inbox' }, 'D:\\inbox'],
] as const)('on %s with %j: %s', (platform, env, folder) => {
  expect(defaultInboxFolder(env, platform)).toBe(folder);
});
