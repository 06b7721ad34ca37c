import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const settings = {
  // The profile opens nothing but the example, which came with this repository, so there is nobody to ask.
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  // The inbox is nothing to open in a browser.
  'remote.autoForwardPorts': false,
  // The browser's default is to save as one types; the desktop's is not.
  'files.autoSave': 'off',
  'window.confirmBeforeClose': 'never',
};

/**
 * Writes the settings of a profile that opens straight at the example: no welcome, no updates, no telemetry.
 *
 * @param {string} profile the folder given to VS Code as --user-data-dir
 * @param {Record<string, unknown>} [more]
 * @param {Record<string, unknown>} [machine] settings of this computer, for code-server
 */
export async function writeProfile(profile, more = {}, machine = {}) {
  await writeSettings(join(profile, 'User'), { ...settings, ...more });
  await writeSettings(join(profile, 'Machine'), machine);
}

/**
 * @param {string} folder
 * @param {Record<string, unknown>} content
 */
async function writeSettings(folder, content) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), `${JSON.stringify(content, undefined, 2)}\n`);
}
