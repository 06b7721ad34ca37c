/** Every command of the manifest. A test compares the two. */
export const commandIds = [
  'farmEmail.sendTestEmail',
  'farmEmail.probe',
  'farmEmail.cancelTestEmail',
  'farmEmail.showTranscript',
  'farmEmail.copyReport',
  'farmEmail.startInbox',
  'farmEmail.restartServer',
  'farmEmail.showOutput',
] as const;

export type CommandId = (typeof commandIds)[number];
