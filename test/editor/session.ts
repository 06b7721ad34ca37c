import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContextOptions, chromium } from 'playwright-core';
import { findBrowser } from '../workbench/browser.mjs';
import { installExtensionsOnce, startCodeServer } from '../workbench/code-server.mjs';
import { writeProfile } from '../workbench/profile.mjs';
import { pseudoLocale, writePseudoLocale } from './pseudo-locale.ts';
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

export interface Opening {
  /** Name of the folder that is opened. */
  readonly name: string;
  /** Puts into it what the session begins with. */
  readonly fill: (folder: string) => Promise<unknown>;
  /** False for Restricted Mode. */
  readonly trusted?: boolean;
  /** On top of the profile's. */
  readonly settings?: Record<string, unknown>;
  /** What the user has set for this computer, where no folder can set it. */
  readonly machineSettings?: Record<string, unknown>;
  /** Environment variables of the editor. */
  readonly environment?: Record<string, string>;
  /** In a language that puts every text of the extension into brackets. */
  readonly inPseudoLocale?: boolean;
  /** More extensions: their VSIX files. */
  readonly extensions?: readonly string[];
  /** Makes the extension log all it can. */
  readonly verbose?: boolean;
  readonly page?: BrowserContextOptions;
}

export interface Session {
  readonly workbench: Workbench;
  /** The folder that is open. */
  readonly folder: string;
  /** Everything VS Code wrote: profile, logs, extensions. */
  readonly data: string;
  /** Folder of the messages that the inbox received. */
  readonly messages: string;
  end(): Promise<void>;
}

/** Opens a copy of an example in a VS Code of its own, with the packed extension installed. */
export function openExample(
  name: string,
  more: Pick<Opening, 'settings' | 'page' | 'inPseudoLocale'> = {},
): Promise<Session> {
  return openSession({
    name,
    fill: (folder) => cp(join(root, 'examples', name), folder, { recursive: true }),
    ...more,
  });
}

/** Opens a new folder in a VS Code of its own, with the packed extension installed. */
export async function openSession({
  name,
  fill,
  trusted = true,
  settings = {},
  machineSettings = {},
  environment = {},
  extensions = [],
  inPseudoLocale = false,
  verbose = false,
  page,
}: Opening): Promise<Session> {
  const place = await mkdtemp(join(tmpdir(), 'farm-email-'));
  const folder = join(place, name);
  const data = join(place, 'data');
  const inbox = join(place, 'inbox');
  const endings: (() => Promise<unknown>)[] = [() => rm(place, { recursive: true, force: true, maxRetries: 5 })];
  const end = async (): Promise<void> => {
    for (const ending of endings.reverse()) await ending();
  };
  try {
    await mkdir(folder);
    await fill(folder);
    const user = {
      ...(trusted
        ? {}
        : { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' }),
      ...(verbose ? { 'farmEmail.trace.server': 'verbose' } : {}),
      ...settings,
    };
    await writeProfile(join(data, 'profile'), user, machineSettings);
    await installExtensionsOnce(data, [join(root, '.cache', 'farm-email.vsix'), ...extensions]);
    if (inPseudoLocale) await writePseudoLocale(data);
    const env = { FARM_EMAIL_INBOX_FOLDER: inbox, ...environment };
    const server = await startCodeServer({
      data,
      folder,
      env,
      trust: !trusted,
      ...(inPseudoLocale ? { locale: pseudoLocale } : {}),
    });
    // What it would still write is thrown away.
    endings.push(() => server.stop(0));
    const { path, args } = await findBrowser();
    const browser = await chromium.launch({ executablePath: path, args: [...args, ...chromiumArguments] });
    endings.push(() => browser.close());
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...page,
    });
    const payload = JSON.stringify([['logLevel', 'farm-email.farm-email=trace']]);
    const url = verbose ? `${server.url}&payload=${encodeURIComponent(payload)}` : server.url;
    const workbench = await Workbench.open(await context.newPage(), url);
    return { workbench, folder, data, messages: join(inbox, 'messages'), end };
  } catch (error) {
    await end();
    throw error;
  }
}
