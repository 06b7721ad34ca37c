import type { ProbeAnswer } from '../conversation.ts';
import { clipped } from '../explanations/words.ts';
import type { PortFacts } from '../ports.ts';
import { failureWords } from '../summary.ts';
import { orderWords } from './login.ts';
import type { Reported, Section } from './report.ts';

/** Characters of a cell; a table of two ports then fits in 96 columns. */
const cellWidth = 34;

const questionWords: Readonly<Record<ProbeAnswer['question'], string>> = {
  outsideRecipient: 'Outside recipient',
  otherSender: 'Another sender',
};

const verdictWords: Readonly<Record<ProbeAnswer['verdict'], string>> = {
  accepted: 'yes',
  refused: 'no',
  later: 'not yet',
};

/** What the server answers to questions that deliver nothing; nothing where none was asked. */
export function probesSection({ result: { probes } }: Reported): readonly Section[] {
  if (probes.length === 0) return [];
  const rows = probes.map(({ question, address, verdict, at, reply }) => [
    questionWords[question],
    address,
    verdictWords[verdict],
    `${at}: ${reply.code} ${reply.text}`.trim(),
  ]);
  return [
    {
      title: 'What the server answers to questions that deliver nothing',
      blocks: [{ kind: 'table', head: ['Question', 'Address', 'Answer', 'Reply'], rows }],
    },
  ];
}

/** What the ports offer, side by side; nothing where they were not compared. */
export function portsSection({ ports, plan }: Reported): readonly Section[] {
  if (ports.length === 0) return [];
  const rowOf = (name: string, value: (facts: PortFacts) => string) => [
    name,
    ...ports.map((facts) => clipped(value(facts), cellWidth)),
  ];
  const isReached = ({ stopped }: PortFacts) =>
    stopped === undefined || !['resolve', 'connect', 'greeting', 'EHLO'].includes(stopped.step);
  const ifReached = (value: (facts: PortFacts) => string) => (facts: PortFacts) =>
    isReached(facts) ? value(facts) : '';
  const rows = [
    rowOf('Reached', (facts) => (isReached(facts) ? 'yes' : `no: ${stoppedWords(facts)}`)),
    rowOf(
      'STARTTLS',
      ifReached(({ offered }) => (offered.startTls ? 'offered' : 'not offered')),
    ),
    rowOf(
      'Login before TLS',
      ifReached(({ offered }) => offered.beforeTls.join(', ') || 'none'),
    ),
    rowOf(
      'Login after TLS',
      ifReached(({ offered }) => (offered.afterTls ? offered.afterTls.join(', ') || 'none' : 'not reached')),
    ),
    rowOf(
      'SharePoint’s order',
      ifReached(({ order }) => orderWords(order)),
    ),
  ];
  const head = ['', ...ports.map(({ port }) => `Port ${port}${port === plan.port ? ' (set)' : ''}`)];
  return [{ title: 'Ports compared', blocks: [{ kind: 'table', head, rows }] }];
}

function stoppedWords({ stopped }: PortFacts): string {
  return stopped === undefined ? '' : `${failureWords(stopped.failure)} at ${stopped.step}`;
}
