import { characterSetsOf } from './message/character-set.ts';
import { headerText } from './message/encoded-words.ts';
import { sampleOf } from './message/samples.ts';
import type { Plan } from './plan.ts';

export type TransferEncoding = '7bit' | 'quoted-printable' | 'base64';

/** A test email before it is composed. */
export interface TestMessage {
  readonly subject: string;
  /** The subject as its header field has it: ASCII, in encoded words of the plan's character set where it has to be. */
  readonly subjectHeader: string;
  /** The text in the plan's character set. Its lines end with CR LF. */
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly transferEncoding: TransferEncoding;
  /** Characters that became question marks; empty where the character set holds everything. */
  readonly lost: readonly string[];
}

/** Longest line that is sent as it is: the 998 bytes of RFC 5322, less the one by which a leading dot is doubled. */
const lineLimit = 997;

/** Writes the test email of a plan. iconv-lite is loaded only for a code page that needs it. */
export async function testMessage(plan: Plan, to: string, date: Date): Promise<TestMessage> {
  const characterSets = await characterSetsOf(plan.charset);
  const subject = `Farm Email test from ${plan.computer}`;
  const header = headerText('Subject', subject, characterSets.header);
  const { bytes, lost } = characterSets.body.encode(textOf(plan, to, date));
  return {
    subject,
    subjectHeader: header.value,
    body: bytes,
    contentType: `text/plain; charset=${characterSets.body.label}`,
    transferEncoding: transferEncodingOf(bytes),
    lost: [...new Set([...lost, ...header.lost])],
  };
}

function textOf(plan: Plan, to: string, date: Date): string {
  const through = `${plan.host}, port ${plan.port}, ${plan.tls ? 'with STARTTLS' : 'without TLS'}`;
  const rows = [
    ['Sent for', plan.title],
    ['Sent by', plan.computer],
    ['Sent at', `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`],
    ['Sent to', to],
    ['Through', through],
    ['From', plan.from],
    ['Reply to', plan.replyTo ?? 'not set'],
    ['Character set', `${plan.charset.number} (${plan.charset.name})`],
    ['Sample', sampleOf(plan.charset.number)],
  ] as const;
  return [
    'This is a test of the outgoing email settings of a SharePoint farm.',
    'SharePoint did not send it: the computer named below did, with the same settings.',
    '',
    ...rows.map(([name, value]) => `${`${name}:`.padEnd(15)} ${value}`),
    '',
    'The sample has characters of this character set. If question marks or odd',
    'signs stand there, they were lost on the way or in the program that shows',
    'this mail.',
    '',
    'Nobody needs to answer. An answer would go to the address under "Reply to", if it is set.',
    '',
  ].join('\r\n');
}

/** Seven bits go as they are: ISO-2022 and HZ were made for that. The rest takes whichever is shorter. */
function transferEncodingOf(bytes: Uint8Array): TransferEncoding {
  const high = bytes.reduce((sum, byte) => (byte < 0x80 ? sum : sum + 1), 0);
  if (high === 0 && longestLine(bytes) <= lineLimit) return '7bit';
  // Three characters for each of them, against four for any three bytes.
  return bytes.length + 2 * high <= (bytes.length * 4) / 3 ? 'quoted-printable' : 'base64';
}

function longestLine(bytes: Uint8Array): number {
  const lines = Array.from(bytes, (byte) => String.fromCharCode(byte))
    .join('')
    .split('\r\n');
  return Math.max(...lines.map((line) => line.length));
}
