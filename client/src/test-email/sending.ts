import { commands, type ExtensionContext, workspace } from 'vscode';
import type { Action, SendingCommand } from '../commands.ts';
import type { Server } from '../server.ts';
import { targetArgs } from '../target.ts';
import { copyPowerShell } from './copy-powershell.ts';
import { copyReport } from './copy-report.ts';
import { createDestinations } from './destinations.ts';
import { forgetPasswords } from './forget-passwords.ts';
import { createHistory } from './history.ts';
import { showInbox } from './inbox.ts';
import { createLenses } from './lenses.ts';
import { createPasswords } from './passwords.ts';
import { probe } from './probe.ts';
import { createRecipients } from './recipients.ts';
import { sendAgain, sendTestEmail } from './send-test-email.ts';
import { createSends } from './sends.ts';
import { showTranscript } from './show-transcript.ts';
import { createTranscripts } from './transcripts.ts';

/** Test emails and probes: lenses, transcripts, and what each command does. */
export function sendingActions(context: ExtensionContext, server: Server): Record<SendingCommand, Action> {
  const transcripts = createTranscripts(context);
  const sends = createSends(() => {
    void commands.executeCommand('setContext', 'farmEmail.sending', sends.isRunning());
    void commands.executeCommand('setContext', 'farmEmail.hasTranscript', sends.hasVerdict());
    lenses.refresh();
  });
  const lenses = createLenses(server, sends);
  const passwords = createPasswords(context.secrets, context.globalState);
  const recipients = createRecipients(context.workspaceState);
  const history = createHistory(context);
  context.subscriptions.push(
    lenses,
    workspace.onDidCloseTextDocument(({ uri }) => sends.forget(uri.toString())),
  );

  const destinations = createDestinations(context.globalState);
  const tools = { server, sends, transcripts, passwords, recipients, destinations, history };
  return {
    'farmEmail.sendTestEmail': (argument) => sendTestEmail(tools, targetArgs(argument)),
    'farmEmail.sendAgain': (argument) => sendAgain(tools, targetArgs(argument)),
    'farmEmail.probe': (argument) => probe(tools, targetArgs(argument)),
    'farmEmail.cancelTestEmail': (argument) => sends.cancel(targetArgs(argument)),
    'farmEmail.showTranscript': (argument) => showTranscript(sends, transcripts, targetArgs(argument)),
    'farmEmail.copyReport': () => copyReport(transcripts),
    'farmEmail.copyPowerShell': (argument) => copyPowerShell(tools, targetArgs(argument)),
    'farmEmail.showHistory': () => history.show(),
    'farmEmail.clearHistory': () => history.clear(),
    'farmEmail.forgetPasswords': () => forgetPasswords(passwords),
    'farmEmail.startInbox': () => showInbox(server),
  };
}
