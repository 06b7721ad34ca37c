// VS Code on the desktop, in a profile of its own.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ended, run, start } from './processes.mjs';
import { onPath } from './programs.mjs';

/** @returns {string | undefined} the command that opens a window on this computer's desktop, where there is one */
export function desktopCode() {
  const { env, platform } = process;
  // In a terminal of a remote VS Code, `code` speaks to that VS Code, which has a profile already.
  if (env.VSCODE_IPC_HOOK_CLI !== undefined) return undefined;
  if (platform === 'linux' && env.DISPLAY === undefined && env.WAYLAND_DISPLAY === undefined) return undefined;
  // VS Code refuses to run as root.
  if (platform === 'linux' && process.getuid?.() === 0) return undefined;
  const path = onPath(['code']);
  // The VS Code of Windows, seen from its Linux subsystem, cannot take a profile folder of Linux.
  return path?.startsWith('/mnt/') ? undefined : path;
}

/**
 * Opens a window and waits until it is closed.
 *
 * @param {{ code: string, data: string, vsix: string, folder: string }} options `data`: folder of the profile and of
 * the extensions
 * @returns {Promise<{ closed: Promise<unknown>, stop: () => Promise<void> }>}
 */
export async function openDesktop({ code, data, vsix, folder }) {
  const profile = join(data, 'profile');
  const own = ['--user-data-dir', profile, '--extensions-dir', join(data, 'extensions')];
  await run(code, [...own, '--install-extension', vsix, '--force'], { quiet: true });
  const began = Date.now();
  const child = start(code, [...own, '--disable-telemetry', '--new-window', '--wait', folder], { stdio: 'ignore' });
  return { closed: ended(child), stop: () => stopWindow(join(profile, 'code.lock'), began) };
}

/**
 * `code` only asks VS Code for a window; VS Code itself leaves its process id in the profile. One that ran before is
 * not ours to end.
 *
 * @param {string} lock
 * @param {number} began
 */
async function stopWindow(lock, began) {
  try {
    if ((await stat(lock)).mtimeMs < began) return;
    process.kill(Number(await readFile(lock, 'utf8')), 'SIGTERM');
  } catch {
    // No lock, or nobody behind it: the window is closed.
  }
}
