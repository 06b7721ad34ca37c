import { visible } from '../../text/visible.ts';
import type { LoginAttempt } from '../authenticate.ts';
import { kerberosNote } from '../kerberos-cause.ts';
import type { MechanismName } from '../mechanisms/mechanism.ts';
import { sharePointOrder } from '../mechanisms/order.ts';
import { offeredTo, passed } from '../observations/table.ts';
import { failureWords } from '../summary.ts';
import type { Block, Fact, Reported, Section } from './report.ts';

/** The login: what is offered, what SharePoint would take of it, and what was tried here. */
export function loginSection(input: Reported): Section {
  const { plan, result } = input;
  const title = 'Login';
  if (!passed(input, 'EHLO'))
    return { title, blocks: [{ kind: 'text', lines: ['What the server offers was not reached.'] }] };
  const { offered, logins } = result;
  const counting = offeredTo(input);
  const note = kerberosNote(result.conversation);
  const rows: readonly Fact[] = [
    { name: 'In the settings', value: plan.login ? visible(plan.login.userName) : 'none (anonymous)' },
    { name: 'Offered before TLS', value: listed(offered.beforeTls) },
    ...(plan.tls
      ? [{ name: 'Offered after TLS', value: offered.afterTls ? listed(offered.afterTls) : 'not reached' }]
      : []),
    ...(counting.length > 0 ? [{ name: 'SharePoint’s order', value: orderOf(input, counting) }] : []),
    ...(note === undefined ? [] : [{ name: 'Kerberos', value: note.replace(/^Kerberos: /, '') }]),
  ];
  return { title, blocks: [{ kind: 'facts', rows }, ...triedBlock(input, logins), ...clearTextBlock(input)] };
}

function triedBlock({ plan }: Reported, logins: readonly LoginAttempt[]): readonly Block[] {
  if (!plan.login) return [];
  if (logins.length === 0) return [{ kind: 'text', lines: ['No login was tried.'] }];
  const hasInside = logins.some(({ inside }) => inside !== undefined);
  const rows = logins.map(({ mechanism, inside, failure }) => [
    mechanism,
    ...(hasInside ? [inside ?? ''] : []),
    failure === undefined ? 'accepted' : answer(failure),
  ]);
  return [{ kind: 'table', head: ['Tried here', ...(hasInside ? ['Inside'] : []), 'Answer'], rows }];
}

function answer(failure: NonNullable<LoginAttempt['failure']>): string {
  return failure.kind === 'reply' ? `${failure.reply.code} ${failure.reply.text}`.trim() : failureWords(failure);
}

/** What a login without TLS would give away. It was not said here. */
function clearTextBlock({ result: { stopped } }: Reported): readonly Block[] {
  if (stopped?.failure.kind !== 'loginWithoutTls' || stopped.failure.choice !== 'LOGIN') return [];
  return [
    {
      kind: 'text',
      lines: [
        'In clear text SharePoint is likely to say: AUTH LOGIN with the user name, then the password, both in base64, which is no encryption. None of it was said here.',
      ],
    },
  ];
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

/** What SharePoint is likely to try. Its documentation has the order; that NTLM is left out beside GSSAPI is .NET's way. */
function orderOf({ plan }: Reported, counting: readonly string[]): string {
  const order = sharePointOrder(counting);
  if (order.length === 0) return orderWords(order);
  return `${orderWords(order)}${plan.login ? '' : ', if a login were set'} (as the .NET mail client does)`;
}

/** The mechanisms the .NET mail client would try, in its order. */
export function orderWords(order: readonly MechanismName[]): string {
  return order.length === 0 ? 'none of these' : order.join(', then ');
}
