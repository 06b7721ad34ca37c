import type { Charset, Plan } from './plan.ts';

/** A test email before it is composed. */
export interface TestMessage {
  readonly subject: string;
  /** The text in the plan's character set. */
  readonly body: Uint8Array;
  readonly contentType: string;
  /** Characters that became question marks; empty where the character set holds everything. */
  readonly lost: readonly string[];
}

/** Writes the test email of a plan. iconv-lite is loaded only for a code page that needs it. */
export async function testMessage(plan: Plan, to: string, date: Date): Promise<TestMessage> {
  const subject = `Farm Email test from ${plan.computer}`;
  const text = textOf(plan, to, date);
  const { bytes, lost } = await encode(text, plan.charset);
  return { subject, body: bytes, contentType: `text/plain; charset=${plan.charset.name}`, lost };
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
  ] as const;
  return [
    'This is a test of the outgoing email settings of a SharePoint farm.',
    'SharePoint did not send it: the computer named below did, with the same settings.',
    '',
    ...rows.map(([name, value]) => `${`${name}:`.padEnd(15)} ${value}`),
    '',
    'Nobody needs to answer. An answer would go to the address under "Reply to", if it is set.',
    '',
  ].join('\n');
}

/** Text in a character set. A character that it does not have becomes a question mark and is listed in `lost`. */
async function encode(text: string, { name }: Charset): Promise<{ bytes: Uint8Array; lost: readonly string[] }> {
  const charset = name.toLowerCase();
  if (charset === 'utf-8') return { bytes: new TextEncoder().encode(text), lost: [] };
  if (charset === 'us-ascii') return singleBytes(text, 0x7f);
  if (charset === 'iso-8859-1') return singleBytes(text, 0xff);
  const { default: iconv } = await import('iconv-lite');
  // What iconv-lite does not know (ISO-2022, for example) has ASCII as its common part all the same.
  if (!iconv.encodingExists(charset)) return singleBytes(text, 0x7f);
  const lost = charactersOf(text).filter(
    (character) => iconv.decode(iconv.encode(character, charset), charset) !== character,
  );
  return { bytes: iconv.encode(replaceLost(text, lost), charset), lost };
}

function singleBytes(text: string, highest: number): { bytes: Uint8Array; lost: readonly string[] } {
  const lost = charactersOf(text).filter((character) => (character.codePointAt(0) ?? 0) > highest);
  return { bytes: Uint8Array.from(replaceLost(text, lost), (character) => character.charCodeAt(0)), lost };
}

function replaceLost(text: string, lost: readonly string[]): string {
  return Array.from(text, (character) => (lost.includes(character) ? '?' : character)).join('');
}

function charactersOf(text: string): readonly string[] {
  return [...new Set(text)];
}
