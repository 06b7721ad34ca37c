import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type Authority, type Identity, makeAuthority } from '../servers/authority.ts';
import { type Misbehaving, misbehavingServer, type Script } from '../servers/misbehaving.ts';
import { temporaryFolders } from '../temporary.ts';
import { type CliOptions, type CliResult, runCli } from './run-cli.ts';

export const password = 'Zq7~correct horse/ü+battery';
export const reference = '${env:FARM_EMAIL_SMTP_PASSWORD}';

/** A farm in a file, and a mail server for it. */
export interface FarmWish {
  readonly tls?: boolean;
  /** What stands under `authentication.password`; null for an anonymous farm. */
  readonly login?: string | null;
  /** Lines that follow. */
  readonly more?: string;
}

/** The text of a farm-email file whose mail server listens on a port of this computer. */
export function farmText(port: number, { tls = true, login = reference, more = '' }: FarmWish = {}): string {
  const authentication =
    login === null ? 'anonymous' : `{ userName: 'CONTOSO\\svc-mail', password: ${JSON.stringify(login)} }`;
  return `version: 1
farm:
  name: Contoso intranet
  sharePointVersion: SubscriptionEdition
  servers:
    - name: SP-APP01
      applicationCredentialKey: \${env:FARM_EMAIL_CREDENTIAL_KEY}
  outgoingEmail:
    smtpServer: 127.0.0.1
    smtpPort: ${port}
    useTls: ${tls}
    authentication: ${authentication}
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
    overrideEnvelopeSender: true
${more}`;
}

export interface MailTest {
  /** A server that follows a script, with a certificate of the test's authority; gone when the test ends. */
  server(script?: Script, onSilence?: () => void): Promise<Misbehaving>;
  /** A folder with `farm-email.yaml` and `ca.pem` in it. */
  folder(text: string): string;
  /** Runs the command in that folder, outside any build service and with the password in the environment. */
  run(args: readonly string[], cwd: string, options?: CliOptions): Promise<CliResult>;
}

/** What a test of `send` and `probe` needs. To be called outside any test. */
export function mailTests(): MailTest {
  const temporaryFolder = temporaryFolders();
  const running: Misbehaving[] = [];
  let authority: Authority;
  let identity: Identity;
  beforeAll(async () => {
    authority = await makeAuthority();
    identity = await authority.issue();
  });
  const closeAll = async (): Promise<void> => {
    await Promise.all(running.splice(0).map((each) => each.close()));
  };
  afterEach(closeAll);
  afterAll(closeAll);
  return {
    async server(script = {}, onSilence) {
      const started = await misbehavingServer({ ...script, tls: { ...identity, ...script.tls } }, onSilence);
      running.push(started);
      return started;
    },
    folder(text) {
      const folder = temporaryFolder();
      // Nothing outside it is looked at.
      mkdirSync(path.join(folder, '.git'));
      writeFileSync(path.join(folder, 'farm-email.yaml'), text);
      writeFileSync(path.join(folder, 'ca.pem'), authority.certificate);
      return folder;
    },
    run: (args, cwd, options = {}) => runCli(args, { ...options, cwd, env: environment(options.env) }),
  };
}

/** What a report in JSON has, of a probe and of a test email; docs/testing-email.md tells what each is. */
export const commandKeys = [
  'version',
  'kind',
  'outcome',
  'summary',
  'startedAt',
  'milliseconds',
  'computer',
  'to',
  'plan',
  'steps',
  'stopped',
  'addresses',
  'tls',
  'certificate',
  'login',
  'probes',
  'ports',
  'explanation',
  'observations',
  'conversation',
  'notProven',
  'file',
  'scope',
  'recipientFrom',
  'findings',
];

/** The environment of a user at a desk who has set the password. */
export function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { CI: '', FARM_EMAIL_SMTP_PASSWORD: password, ...more };
}
