import type { SendResult } from '../../server/src/lsp/protocol.ts';
import { withoutLinks } from './visible.ts';

/*
 * Answers of the language server hold what files and mail servers say. Where VS Code shows them in a notification, nothing
 * of it may be a link: it would run a command at one click.
 */

export function plainRefusal<Answer extends { readonly kind: string; readonly reason?: string }>(
  answer: Answer,
): Answer {
  return answer.reason === undefined ? answer : { ...answer, reason: withoutLinks(answer.reason) };
}

export function plainResult(result: SendResult): SendResult {
  const { summary, explanation } = result;
  return { ...result, summary: withoutLinks(summary), explanation: withoutLinks(explanation) };
}
