import { visible } from '../../text/visible.ts';
import type { Plan } from '../plan.ts';
import type { Section } from './report.ts';

/** In the order in which one wins over the other. */
const origins = [
  ['webApplication', 'From the web application'],
  ['farm', 'From the farm'],
  ['default', 'Built-in defaults'],
] as const;

/** What was to be done, and by which settings. */
export function planSection(plan: Plan): Section {
  const route = plan.route === 'localInbox' ? 'the inbox on this computer' : 'as configured';
  const login = plan.login ? visible(plan.login.userName) : 'anonymous';
  const certificate = plan.clientCertificate && `Client certificate: ${visible(plan.clientCertificate.name)}`;
  const head = [
    `${plan.purpose === 'probe' ? 'Asked' : 'Sent to'} ${plan.host}, port ${plan.port} (${route}), ${plan.tls ? 'with STARTTLS' : 'without TLS'}`,
    `Login: ${login}${plan.login?.password === 'throwaway' ? ', with a made-up password' : ''}`,
    ...(certificate ? [certificate] : []),
  ];
  // Groups and no table: a report is read beside the file, in half a window.
  const groups = origins.flatMap(([origin, heading]) => {
    const rows = plan.settings.filter((setting) => setting.origin === origin);
    return rows.length === 0 ? [] : [{ heading, rows }];
  });
  return {
    title: 'Settings, and where they come from',
    blocks: [
      { kind: 'text', lines: head },
      { kind: 'groups', groups },
    ],
  };
}
