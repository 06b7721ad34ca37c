import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A farm with three findings: an error, and a warning in each of two servers' neighbours. */
export const oldFarm = `version: 1
farm:
  sharePointVersion: 2019
  servers:
    - name: SP-APP01
      applicationCredentialKey: \${env:FARM_EMAIL_CREDENTIAL_KEY}
    - name: SP-APP02
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 465
    useTls: true
    authentication:
      userName: CONTOSO\\svc-mail
      password: \${env:FARM_EMAIL_SMTP_PASSWORD}
      sendAs: [sharepoint@contoso.com]
    fromAddress: sharepoint@contoso.com
    replyToAddress: noreply@contoso.com
    overrideEnvelopeSender: true
`;

/** Writes files below a folder. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Runs git in a folder, as nobody in particular. */
export function git(folder: string, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@contoso.com', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Makes the folder a repository with everything in one commit. */
export function commitAll(folder: string, message: string): void {
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', message);
}
