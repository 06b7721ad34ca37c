import { secretFromEnvironment } from '../node/secrets.ts';
import { needsPassword } from '../node/test-email.ts';
import type { Plan } from '../smtp/plan.ts';
import type { OpenFile } from './open-files.ts';
import type { NeededSecret, PlanSummary, UserSettings } from './protocol.ts';

/** What a person is shown of a plan before anything is connected. */
export function summaryOf(
  { plan, file }: { readonly plan: Plan; readonly file: OpenFile },
  addresses: readonly string[],
  user: UserSettings | undefined,
): PlanSummary {
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
    needs: neededSecrets(plan, user?.allowedEnvironmentVariables),
  };
}

export function recipientsOf(file: OpenFile | undefined): readonly string[] {
  return file?.analysis.settings.common.testRecipients.flatMap(({ value }) => value ?? []) ?? [];
}

function neededSecrets(plan: Plan, allowed: readonly string[] | undefined): readonly NeededSecret[] {
  const { login, host, port, clientCertificate } = plan;
  const needs: NeededSecret[] = [];
  if (needsPassword(plan, process.env, allowed)) {
    needs.push({ id: 'smtpPassword', prompt: `Password of ${login?.userName} at ${host}:${port}` });
  }
  const { password } = clientCertificate ?? {};
  if (clientCertificate && password && !secretFromEnvironment(password, process.env, allowed)) {
    const { name, path } = clientCertificate;
    needs.push({ id: 'clientCertificatePassword', prompt: `Password of the client certificate ${name} (${path})` });
  }
  return needs;
}
