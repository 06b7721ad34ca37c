import { type Conversation, command, expect, type ProbeAnswer, shown } from './conversation.ts';
import type { Failure } from './failure.ts';

export interface Question {
  readonly question: ProbeAnswer['question'];
  /** The address the question is about. */
  readonly address: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Asks with MAIL FROM and RCPT TO whether the server would take a mail, between two RSET, so that nothing is delivered. A
 * refusal is an answer; only what ends the conversation is a failure.
 */
export async function askQuestion(talk: Conversation, wish: Question): Promise<Failure | undefined> {
  const reset = expect(talk, await command(talk, 'RSET'), [250]);
  if (!reset.ok) return reset.failure;
  const commands = [
    ['MAIL FROM', `MAIL FROM:<${wish.from}>`],
    ['RCPT TO', `RCPT TO:<${wish.to}>`],
  ] as const;
  for (const [at, text] of commands) {
    const answer = await command(talk, text);
    if (!answer.ok) return answer.failure;
    const reply = shown(talk, answer.value);
    const verdict = verdictOf(reply.code);
    if (verdict === undefined) return { kind: 'reply', reply };
    if (verdict === 'accepted' && at === 'MAIL FROM') continue;
    talk.probes.push({ question: wish.question, address: wish.address, verdict, at, reply });
    break;
  }
  return undefined;
}

/** Undefined for a code that is no answer to the question: the server is closing, or makes no sense. */
function verdictOf(code: number): ProbeAnswer['verdict'] | undefined {
  if (code === 250 || code === 251) return 'accepted';
  if (code === 421 || code < 400) return undefined;
  return code < 500 ? 'later' : 'refused';
}
