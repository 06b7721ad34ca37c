import { performance } from 'node:perf_hooks';
import type { parseArgs } from 'node:util';
import type { Analysis } from '../analysis.ts';
import { rangeOf } from '../document/places.ts';
import { errorsOf } from '../ide/scope-errors.ts';
import { findingsOfTest } from '../ide/test-findings.ts';
import type { Finding } from '../lint/finding.ts';
import { type Order, wantedPassword } from '../node/test-email.ts';
import { jsonFinding } from '../report/json.ts';
import { planText } from '../report/plan-text.ts';
import { prettyFindings } from '../report/pretty.ts';
import { isMailbox } from '../settings/addresses.ts';
import type { TestOutcome } from '../smtp/outcome.ts';
import type { Plan } from '../smtp/plan.ts';
import { visible } from '../text/visible.ts';
import { type ExitStatus, RefusalError, type Terminal, UsageError, usesColour } from './command.ts';
import { configurationsOf } from './configuration.ts';
import { analysisOf, type Input, inputs } from './inputs.ts';
import { allowedVariables, describeSource, type PasswordWays, passwordSource, smtpPassword } from './passwords.ts';
import { stepLines } from './steps.ts';
import { scopeNamed } from './test-scope.ts';

/** What `send` and `probe` both take. */
export const testOptions = {
  farm: { type: 'boolean', default: false },
  'web-application': { type: 'string' },
  'go-on-without-login': { type: 'boolean', default: false },
  'password-stdin': { type: 'boolean', default: false },
  'password-fd': { type: 'string' },
  'allow-env': { type: 'string', multiple: true, default: [] as string[] },
  'ca-file': { type: 'string', multiple: true, default: [] as string[] },
  timeout: { type: 'string', default: '60' },
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
} as const;

export const testOptionsHelp = `  --farm                   the farm's own settings, as they are without this
  --web-application URL    the settings in force for a web application, by its URL or its name
  --go-on-without-login    where every login is refused, go on without one, as SharePoint does
  --password-stdin         read the SMTP password from standard input: one line
  --password-fd N          read it from file descriptor N
  --allow-env NAME         let \${env:NAME} of the file be read though NAME does not start with FARM_EMAIL_; repeatable
  --ca-file FILE           trust the authorities of this file (PEM or DER) too; repeatable
  --timeout SECONDS        the longest time of the whole test, 1 to 300; 60 without this
  --json, --markdown       the report in that form instead of text

Without --password-stdin and --password-fd the password is the variable that the file names (\${env:FARM_EMAIL_…});
where there is none, it is asked for on a terminal. It is never taken from the command line.`;

type TestValues = ReturnType<typeof parseArgs<{ readonly options: typeof testOptions }>>['values'];

/** What a test is about: a file, and whose settings in it. */
export interface Subject {
  readonly input: Input;
  readonly analysis: Analysis;
  /** `/farm` or `/webApplications/<index>`. */
  readonly scope: string;
  readonly ways: PasswordWays;
  readonly values: TestValues;
}

/** Reads the file, and everything that both commands are told. Throws where it is wrong use. */
export async function subjectOf(
  values: TestValues,
  positionals: readonly string[],
  terminal: Terminal,
): Promise<Subject> {
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('one file is wanted');
  if (values.json && values.markdown) throw new UsageError('--json and --markdown exclude each other');
  timeoutOf(values);
  const from = passwordSource(values['password-stdin'], values['password-fd'], file);
  const ways = { from, allowed: allowedVariables(values['allow-env']), mayAsk: file !== '-' };
  const [input, ...more] = await inputs([file], undefined, terminal);
  if (input === undefined || more.length > 0) throw new UsageError('one file is wanted');
  if (input.text === undefined) throw new UsageError(`${input.path} is not UTF-8; save it as UTF-8`);
  const checking = await configurationsOf(undefined, terminal);
  const analysis = await analysisOf(input, await checking.inForceFor(input));
  if (analysis.document.problems.length > 0) {
    throw new RefusalError(`${input.path} cannot be read as a whole; farm-email check says why.`);
  }
  return { input, analysis, scope: scopeNamed(analysis, values.farm, values['web-application']), ways, values };
}

/** In milliseconds. */
function timeoutOf({ timeout }: TestValues): number {
  const seconds = /^\d{1,3}$/.test(timeout) ? Number(timeout) : 0;
  if (seconds < 1 || seconds > 300) throw new UsageError('--timeout must be a number of seconds from 1 to 300');
  return seconds * 1_000;
}

/** The address of an option; undefined where it is not given. */
export function addressOption(name: string, address: string | undefined): string | undefined {
  if (address === undefined || isMailbox(address)) return address;
  throw new UsageError(`${name} must be one plain address such as me@contoso.com`);
}

/** A test that was planned, and how it is carried out. */
export interface Test {
  readonly subject: Subject;
  readonly plan: Plan;
  readonly to: string;
  /** Where the recipient comes from; shown, and part of the report in JSON. */
  readonly recipient: 'option' | 'testEmail.to' | 'fromAddress';
  readonly more?: readonly (readonly [label: string, text: string])[];
  /** What the user has still to say for it to be carried out, as sentences; empty where all is said. */
  readonly missing: readonly string[];
  carryOut(
    order: Pick<Order, 'password' | 'authorities' | 'identity' | 'afterRefusedLogin' | 'timeout' | 'signal' | 'onStep'>,
  ): Promise<TestOutcome>;
}

const recipientNotes = {
  option: undefined,
  'testEmail.to': 'the first of testEmail.to',
  fromAddress: 'the From address, as no other is given',
} as const;

/** Shows the plan, and carries it out where the user has said yes. */
export async function runTest(test: Test, terminal: Terminal): Promise<ExitStatus> {
  const { subject, plan, to, recipient, missing, more = [] } = test;
  const { analysis, input, scope, ways, values } = subject;
  const { stdout, stderr } = terminal;
  const reference = wantedPassword(plan);
  warnOfErrors(subject, terminal);
  const password = reference && describeSource(reference, ways, terminal);
  stderr.write(planText({ plan, to, toNote: recipientNotes[recipient], password, more }));
  if (missing.length > 0) {
    stderr.write(`${missing.join('\n')}\n`);
    return 2;
  }
  const name = `the password of ${plan.login?.userName} at ${plan.host}:${plan.port}`;
  const secret = reference && (await smtpPassword({ name, reference }, ways, terminal));
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) terminal.once(signal, () => abort.abort());
  const isText = !values.json && !values.markdown;
  const steps =
    isText && stderr.isTTY ? stepLines(stderr, usesColour(terminal, stderr), () => performance.now()) : undefined;
  const outcome = await test.carryOut({
    password: secret,
    afterRefusedLogin: values['go-on-without-login'] ? 'goOn' : 'stop',
    timeout: timeoutOf(values),
    signal: abort.signal,
    onStep: (step) => steps?.begin(step),
  });
  steps?.end();
  if (outcome.outcome === 'refused') throw new RefusalError(outcome.explanation);
  const findings = findingsOfTest(analysis, scope, outcome);
  if (values.json) {
    const report = {
      recipient: { address: to, from: recipient },
      findings: findings.map((finding) => jsonFinding(analysis, finding)),
    };
    stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else if (values.markdown) stdout.write(outcome.report);
  else {
    stdout.write(outcome.report);
    for (const part of prettyFindings(input.path, analysis.document, findings, usesColour(terminal, stdout)))
      stdout.write(`\n${part.trimEnd()}\n`);
  }
  return statusOf(outcome, findings);
}

function statusOf({ outcome }: TestOutcome, findings: readonly Finding[]): ExitStatus {
  return outcome === 'accepted' && findings.every(({ severity }) => severity !== 'error') ? 0 : 1;
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
