import type { PlanResult, SendResult, StartInboxResult } from '../../server/src/lsp/protocol.ts';
import { withoutLinks } from './visible.ts';

/*
 * Answers of the language server hold what files and mail servers say. Where VS Code shows them in a notification, nothing
 * of it may be a link: it would run a command at one click.
 */

export function plainPlan(result: PlanResult): PlanResult {
  return result.kind === 'refused' ? { ...result, reason: withoutLinks(result.reason) } : result;
}

export function plainResult(result: SendResult): SendResult {
  const { summary, explanation } = result;
  return { ...result, summary: withoutLinks(summary), explanation: withoutLinks(explanation) };
}

export function plainInbox(result: StartInboxResult): StartInboxResult {
  return result.kind === 'refused' ? { ...result, reason: withoutLinks(result.reason) } : result;
}
