import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isProgram, onPath } from './programs.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
  'microsoft-edge',
];

const advice = `No Chrome or Chromium was found; the tests drive a real VS Code in one. Get one with
  Debian, Ubuntu   sudo apt-get install chromium
  Fedora           sudo dnf install chromium
  macOS            brew install --cask google-chrome
  Windows          winget install Google.Chrome
or name the one you have: CHROME_PATH=/path/to/chrome npm test`;

/**
 * @returns {Promise<{ path: string, args: readonly string[] }>} a browser and how to start it
 * @throws with what to do, where there is none
 */
export async function findBrowser() {
  const path = namedBrowser() ?? onPath(names) ?? usualPlaces().find((place) => existsSync(place));
  if (path !== undefined) return { path, args: [] };
  const packed = await fromNpm();
  if (packed !== undefined) return packed;
  throw new Error(advice);
}

function namedBrowser() {
  const path = process.env.CHROME_PATH;
  if (path === undefined || path === '') return undefined;
  if (!isProgram(path)) throw new Error(`CHROME_PATH names ${path}, which is not a program that can be run.`);
  return path;
}

function usualPlaces() {
  const { env, platform } = process;
  if (platform === 'darwin') {
    return ['/Applications', join(env.HOME ?? '', 'Applications')].flatMap((folder) => [
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      join(folder, 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'),
    ]);
  }
  if (platform === 'win32') {
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Chromium/Application/chrome.exe'),
        join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      ]);
  }
  return ['/usr/bin/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium', '/usr/lib/chromium/chromium'];
}

/** The Chromium that comes as an npm package, where somebody installed it (`npm install --no-save @sparticuz/chromium`). */
async function fromNpm() {
  try {
    const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
    const { default: chromium } = await import(entry);
    return { path: await chromium.executablePath(), args: chromium.args };
  } catch {
    return undefined;
  }
}
