/** Commands that read files: they work wherever VS Code runs. */
export const readingCommands = [
  'farmEmail.showEffectiveSettings',
  'farmEmail.compareEffectiveSettings',
  'farmEmail.compareEffectiveSettingsWithHead',
  'farmEmail.checkWorkspace',
  'farmEmail.newFile',
  'farmEmail.openSample',
  'farmEmail.openWalkthrough',
  'farmEmail.restartServer',
  'farmEmail.showOutput',
] as const;

/** Commands of test emails and probes: they need a computer that can open SMTP connections. */
export const sendingCommands = [
  'farmEmail.sendTestEmail',
  'farmEmail.sendAgain',
  'farmEmail.probe',
  'farmEmail.cancelTestEmail',
  'farmEmail.showTranscript',
  'farmEmail.copyReport',
  'farmEmail.copyPowerShell',
  'farmEmail.showHistory',
  'farmEmail.clearHistory',
  'farmEmail.forgetPasswords',
  'farmEmail.startInbox',
] as const;

export type ReadingCommand = (typeof readingCommands)[number];
export type SendingCommand = (typeof sendingCommands)[number];

/** Every command of the manifest. A test compares the two. */
export const commandIds = [...readingCommands, ...sendingCommands] as const;

export type CommandId = ReadingCommand | SendingCommand;

/** What a command does; its argument is a stranger's, since anyone can execute a command. */
export type Action = (argument: unknown) => Promise<void> | void;
