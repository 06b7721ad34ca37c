import { performance } from 'node:perf_hooks';
import { rangeOf } from '../document/places.ts';
import { errorsOf } from '../ide/scope-errors.ts';
import { findingsOfTest } from '../ide/test-findings.ts';
import { type Order, wantedPassword } from '../node/test-email.ts';
import { jsonFinding } from '../report/json.ts';
import { planText } from '../report/plan-text.ts';
import { prettyFindings } from '../report/pretty.ts';
import { reportedFindings } from '../report/reported.ts';
import type { TestOutcome } from '../smtp/outcome.ts';
import type { Plan } from '../smtp/plan.ts';
import { visible } from '../text/visible.ts';
import { type ExitStatus, RefusalError, type Terminal, usesColour } from './command.ts';
import { describeSource, smtpPassword } from './passwords.ts';
import { stepLines } from './steps.ts';
import { identityOf, refuseClientCertificate } from './test-identity.ts';
import { type Subject, timeoutOf } from './test-subject.ts';

/** A test that was planned, and how it is carried out. */
export interface Test {
  readonly subject: Subject;
  readonly plan: Plan;
  readonly to: string;
  /** Where the recipient comes from; shown, and part of the report in JSON. */
  readonly recipient: keyof typeof recipientNotes;
  /** Further lines of the plan, each with its label. */
  readonly more?: readonly (readonly [label: string, text: string])[];
  /** What the user has still to say for it to be carried out, as sentences; empty where all is said. */
  readonly missing: readonly string[];
  carryOut(order: Omit<Order, 'plan' | 'destination' | 'to'>): Promise<TestOutcome>;
}

export const recipientNotes = {
  option: undefined,
  'testEmail.to': 'the first of testEmail.to',
  fromAddress: 'the From address, as no other is given',
} as const;

/** Shows the plan, and carries it out where the user has said yes. */
export async function runTest(test: Test, terminal: Terminal): Promise<ExitStatus> {
  const { subject, plan, missing } = test;
  const { stderr } = terminal;
  warnOfErrors(subject, terminal);
  refuseClientCertificate(subject, plan);
  stderr.write(shownPlan(test, terminal));
  if (missing.length > 0) {
    const nothing = plan.purpose === 'send' ? 'Nothing was sent.' : 'No connection was made.';
    stderr.write(`${[nothing, ...missing].join(' ')}\n`);
    return 2;
  }
  const outcome = await carriedOut(test, terminal);
  if (outcome.outcome === 'refused') throw new RefusalError(outcome.explanation);
  report(test, outcome, terminal);
  return isGood(plan, outcome) ? 0 : 1;
}

/** Of a mail only the server's yes counts; of a probe also what was learned on the way. */
function isGood({ purpose }: Plan, { outcome, observations }: TestOutcome): boolean {
  if (outcome !== 'accepted') return false;
  return purpose === 'send' || observations.every(({ severity }) => severity !== 'error');
}

function shownPlan({ subject, plan, to, recipient, more = [] }: Test, terminal: Terminal): string {
  const reference = wantedPassword(plan);
  const password = reference && describeSource(reference, subject.ways, terminal);
  return planText({ plan, to, toNote: recipientNotes[recipient], password, more });
}

async function carriedOut({ subject, plan, carryOut }: Test, terminal: Terminal): Promise<TestOutcome> {
  const { values, ways, authorities } = subject;
  const { stderr } = terminal;
  const reference = wantedPassword(plan);
  const wanted = {
    name: `the password of ${plan.login?.userName} at ${plan.host}:${plan.port}`,
    reference,
    options: '--password-stdin or --password-fd N',
    variable: 'FARM_EMAIL_SMTP_PASSWORD',
  };
  const password = reference && (await smtpPassword(wanted, ways, terminal));
  const identity = await identityOf(subject, plan, terminal);
  const abort = new AbortController();
  // Once: the next signal ends the process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) terminal.once(signal, () => abort.abort());
  const steps = isWatched(subject, terminal)
    ? stepLines(stderr, usesColour(terminal, stderr), () => performance.now())
    : { begin() {}, end() {} };
  const outcome = await carryOut({
    password,
    identity,
    authorities,
    afterRefusedLogin: values['go-on-without-login'] ? 'goOn' : 'stop',
    timeout: timeoutOf(values),
    columns: 80,
    signal: abort.signal,
    onStep: steps.begin,
  });
  steps.end();
  return outcome;
}

/** The report is the last word: what stands on the lines of the file comes before it, where the plan and the steps are. */
function report({ subject, recipient }: Test, outcome: TestOutcome, terminal: Terminal): void {
  const { analysis, input, scope, values } = subject;
  const { stdout, stderr } = terminal;
  const findings = reportedFindings(analysis.document, findingsOfTest(analysis, scope, outcome));
  if (values.json) {
    const found = findings.map(jsonFinding);
    const all = { ...outcome.json, file: input.path, scope, recipientFrom: recipient, findings: found };
    stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    return;
  }
  if (!values.markdown) {
    const colour = usesColour(terminal, stderr);
    const parts = [...prettyFindings(input.path, findings, colour)].map((part) => part.trimEnd());
    // Behind the steps there is an empty line already.
    const gap = isWatched(subject, terminal) ? '' : '\n';
    if (parts.length > 0) stderr.write(`${gap}${parts.join('\n\n')}\n\n`);
  }
  stdout.write(values.markdown ? outcome.markdown : outcome.report);
}

/** True where somebody looks at the steps as they happen. */
function isWatched({ values }: Subject, { stderr }: Terminal): boolean {
  return stderr.isTTY === true && !values.json && !values.markdown;
}

/** Says what is known to be wrong with these settings before they are tried. */
function warnOfErrors({ analysis, scope, input }: Subject, { stderr }: Terminal): void {
  const { document } = analysis;
  for (const { at, message, rule } of errorsOf(analysis, scope)) {
    const { start } = rangeOf(document, at);
    const place = `${visible(input.path)}:${start.line + 1}:${start.character + 1}`;
    stderr.write(`${place}: error: ${visible(message)} [${rule}]\n`);
  }
}
