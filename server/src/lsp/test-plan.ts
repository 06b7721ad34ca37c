import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { URI } from 'vscode-uri';
import { rangeOf } from '../document/places.ts';
import { errorsOf } from '../ide/scope-errors.ts';
import { isNetworkPath } from '../node/links.ts';
import { askEnvironment, secretFromEnvironment } from '../node/secrets.ts';
import { needsPassword, wantedPassword } from '../node/test-email.ts';
import type { SecretReference } from '../settings/model.ts';
import type { Plan } from '../smtp/plan.ts';
import type { OpenFile } from './open-files.ts';
import type { NeededSecret, PasswordPlace, PlanSummary, UserSettings } from './protocol.ts';

/** What a person is shown of a plan before anything is connected. */
export async function summaryOf(
  { plan, file, scope }: { readonly plan: Plan; readonly file: OpenFile; readonly scope: string },
  addresses: readonly string[],
  user: UserSettings | undefined,
): Promise<PlanSummary> {
  const { document } = file.analysis;
  const { digest, purpose, title, route, host, port, tls, login, clientCertificate, from, replyTo, charset, computer } =
    plan;
  return {
    digest,
    purpose,
    title,
    route,
    host,
    addresses,
    port,
    tls,
    user: login?.userName ?? 'anonymous',
    mechanisms: login?.mechanisms ?? [],
    clientCertificate: clientCertificate?.name,
    from,
    replyTo,
    characterSet: charset.number,
    computer,
    suggestedRecipients: recipientsOf(file),
    errors: errorsOf(file.analysis, scope).map(({ message, at }) => ({ message, range: rangeOf(document, at) })),
    needs: await neededSecrets(file, plan, user?.allowedEnvironmentVariables),
  };
}

export function recipientsOf(file: OpenFile | undefined): readonly string[] {
  return file?.analysis.settings.common.testRecipients.flatMap(({ value }) => value ?? []) ?? [];
}

async function neededSecrets(
  file: OpenFile,
  plan: Plan,
  allowed: readonly string[] | undefined,
): Promise<readonly NeededSecret[]> {
  const { login, host, port, tls, clientCertificate } = plan;
  const needs: NeededSecret[] = [];
  const wanted = wantedPassword(plan);
  if (login !== undefined && wanted !== undefined && needsPassword(plan, process.env, allowed)) {
    const prompt = `Password of ${login.userName} at ${host}:${port}`;
    const place = { kind: 'login', host: host.toLowerCase(), port, user: login.userName, tls } as const;
    needs.push({ id: 'smtpPassword', prompt: whyAsked(wanted, allowed) + prompt, place });
  }
  const { password } = clientCertificate ?? {};
  if (clientCertificate && password && !secretFromEnvironment(password, process.env, allowed)) {
    const { name, path } = clientCertificate;
    const prompt = `Password of the client certificate ${name} (${path})`;
    const place = await placeOf(file, path);
    needs.push({ id: 'clientCertificatePassword', prompt: whyAsked(password, allowed) + prompt, ...place });
  }
  return needs;
}

/** Says which variable was to hold the password, and why it does not. */
function whyAsked(reference: SecretReference, allowed: readonly string[] | undefined): string {
  const answer = askEnvironment(reference, process.env, allowed);
  if (answer.kind === 'notSet') return `The environment variable ${answer.name} is not set here. `;
  if (answer.kind !== 'notAllowed') return '';
  return `The environment variable ${answer.name} is not read: its name does not start with FARM_EMAIL_, and the setting farmEmail.testEmail.allowedEnvironmentVariables does not list it. `;
}

/** The real path of a certificate's file: whatever the file calls it, it is the same secret only for the same file. */
async function placeOf(file: OpenFile, name: string): Promise<{ readonly place?: PasswordPlace }> {
  const uri = URI.parse(file.uri);
  if (uri.scheme !== 'file' || isNetworkPath(name)) return {};
  try {
    return { place: { kind: 'file', path: await realpath(path.resolve(path.dirname(uri.fsPath), name)) } };
  } catch {
    return {};
  }
}
