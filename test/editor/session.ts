import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findBrowser } from '../workbench/browser.mjs';
import { installExtension, startCodeServer } from '../workbench/code-server.mjs';
import { writeProfile } from '../workbench/profile.mjs';
import { Workbench } from './workbench.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const chromiumArguments = [
  // The page is ours, and containers seldom allow the sandbox.
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

export interface Session {
  readonly workbench: Workbench;
  /** The copy of the example that is open. */
  readonly folder: string;
  /** Folder of the messages that the inbox received. */
  readonly messages: string;
  end(): Promise<void>;
}

/** Opens a copy of an example in a VS Code of its own, with the packed extension installed. */
export async function openExample(
  name: string,
  { vsix = join(root, '.cache', 'farm-email.vsix') } = {},
): Promise<Session> {
  const place = await mkdtemp(join(tmpdir(), 'farm-email-'));
  const folder = join(place, name);
  const data = join(place, 'data');
  const inbox = join(place, 'inbox');
  const endings: (() => Promise<unknown>)[] = [() => rm(place, { recursive: true, force: true, maxRetries: 5 })];
  const end = async (): Promise<void> => {
    for (const ending of endings.reverse()) await ending();
  };
  try {
    await cp(join(root, 'examples', name), folder, { recursive: true });
    await writeProfile(join(data, 'profile'));
    await installExtension(data, vsix);
    const server = await startCodeServer({ data, folder, env: { FARM_EMAIL_INBOX_FOLDER: inbox } });
    endings.push(server.stop);
    const { path, args } = await findBrowser();
    const browser = await chromium.launch({ executablePath: path, args: [...args, ...chromiumArguments] });
    endings.push(() => browser.close());
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const workbench = await Workbench.open(await context.newPage(), server.url);
    return { workbench, folder, messages: join(inbox, 'messages'), end };
  } catch (error) {
    await end();
    throw error;
  }
}
