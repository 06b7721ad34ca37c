import { l10n, window } from 'vscode';
import type { Server } from '../server.ts';
import { chooseTarget, type Target, type TargetArgs } from '../target.ts';
import { isTrusted } from '../trust.ts';
import { visible } from '../visible.ts';
import type { Destinations } from './destinations.ts';
import type { History } from './history.ts';
import type { Passwords } from './passwords.ts';
import type { Recipients } from './recipients.ts';
import type { Sends } from './sends.ts';
import type { Transcripts } from './transcripts.ts';

/** What a test email and a probe work with. */
export interface TestTools {
  readonly server: Server;
  readonly sends: Sends;
  readonly transcripts: Transcripts;
  readonly passwords: Passwords;
  readonly recipients: Recipients;
  readonly destinations: Destinations;
  readonly history: History;
}

/**
 * The first gates of a test: the folder is trusted, there are settings to test, and no test of them is under way.
 * Undefined after the user was told which one stays shut.
 */
export async function readyTarget(
  { server, sends }: Pick<TestTools, 'server' | 'sends'>,
  args: TargetArgs | undefined,
  title: string,
): Promise<Target | undefined> {
  if (!(await isTrusted())) return undefined;
  const target = await chooseTarget(server, args, title);
  if (target === undefined) return undefined;
  const { document, scope } = target;
  if (sends.of(document.uri.toString(), scope).running === undefined) return target;
  await window.showInformationMessage(l10n.t('A test for {0} is under way already.', visible(scope.title)));
  return undefined;
}
