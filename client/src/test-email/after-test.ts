import { l10n, window } from 'vscode';
import type { Approved } from './approve.ts';
import { placeLabel } from './password-labels.ts';
import type { Verdict } from './sends.ts';
import type { TestTools } from './test-tools.ts';

/** What a test leaves besides its verdict: a line of history, and passwords that are kept or forgotten as the user says. */
export async function afterTest(
  { history, passwords }: Pick<TestTools, 'history' | 'passwords'>,
  { purpose, title, at, result }: Verdict,
  { plan, secrets, typed }: Approved,
  to: string,
): Promise<void> {
  const { host, port, tls, user, from } = plan;
  const { outcome, milliseconds } = result;
  const destination = `${host}:${port}`;
  await history.add({ at: at.toISOString(), purpose, title, destination, tls, user, from, to, outcome, milliseconds });
  // Only a password that worked is worth keeping.
  if (outcome === 'accepted') {
    for (const { id, place } of typed) {
      const text = secrets[id];
      if (place === undefined || text === undefined) continue;
      const keep = l10n.t('Keep');
      const question = l10n.t('Keep the password of {0} in VS Code’s secret storage?', placeLabel(place, l10n.t));
      if ((await window.showInformationMessage(question, keep)) === keep) await passwords.keep(place, text);
    }
  }
  if (result.stoppedAtLogin) {
    const login = plan.needs.find(({ id }) => id === 'smtpPassword');
    if (login?.place === undefined || typed.includes(login)) return;
    const forget = l10n.t('Forget It');
    const question = l10n.t('The kept password of {0} was not accepted.', placeLabel(login.place, l10n.t));
    if ((await window.showWarningMessage(question, forget)) === forget) await passwords.forget([login.place]);
  }
}
