import path from 'node:path';
import type { parseArgs } from 'node:util';
import type { Analysis } from '../analysis.ts';
import { readAuthorities } from '../node/authorities.ts';
import { isMailbox } from '../settings/addresses.ts';
import { type CommandOptions, RefusalError, type Terminal, UsageError } from './command.ts';
import { configurationsOf } from './configuration.ts';
import { analysisOf, type Input, inputs } from './inputs.ts';
import { allowedVariables, type PasswordWays, passwordSource } from './passwords.ts';
import { scopeNamed } from './test-scope.ts';

/** What `send` and `probe` both take. */
export const testOptions = {
  farm: { type: 'boolean', default: false },
  'web-application': { type: 'string', words: 'web-applications' },
  'go-on-without-login': { type: 'boolean', default: false },
  'password-stdin': { type: 'boolean', default: false },
  'password-fd': { type: 'string' },
  'allow-env': { type: 'string', multiple: true, default: [] as string[], words: 'environment-variables' },
  'ca-file': { type: 'string', multiple: true, default: [] as string[], words: 'files' },
  timeout: { type: 'string', default: '60' },
  json: { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

export const testOptionsHelp = `  --farm                   the farm's own settings, as they are without this
  --web-application URL    the settings in force for a web application, by its URL or its name
  --go-on-without-login    where every login is refused, go on without one, as SharePoint is likely to
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
  /** PEM texts of the authorities that the user trusts besides those of this computer. */
  readonly authorities: readonly string[];
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
  const trusted = await readAuthorities(values['ca-file'].map((each) => path.resolve(terminal.cwd(), each)));
  if (trusted.kind === 'refused') throw new RefusalError(trusted.reason);
  const from = passwordSource(values['password-stdin'], values['password-fd'], file);
  const ways = { from, allowed: allowedVariables(values['allow-env']), mayAsk: file !== '-' };
  const [input, ...more] = await inputs([file], undefined, terminal);
  if (input === undefined || more.length > 0) throw new UsageError('one file is wanted');
  const checking = await configurationsOf(undefined, terminal);
  const analysis = await analysisOf(input, await input.read(), await checking.inForceFor(input));
  if (analysis.document.problems.length > 0) {
    throw new RefusalError(`${input.path} cannot be read as a whole; farm-email check says why.`);
  }
  const scope = scopeNamed(analysis, values.farm, values['web-application']);
  return { input, analysis, scope, authorities: trusted.pem, ways, values };
}

/** In milliseconds. */
export function timeoutOf({ timeout }: TestValues): number {
  const seconds = /^\d{1,3}$/.test(timeout) ? Number(timeout) : 0;
  if (seconds < 1 || seconds > 300) throw new UsageError('--timeout must be a number of seconds from 1 to 300');
  return seconds * 1_000;
}

/** The address of an option; undefined where it is not given. */
export function addressOption(name: string, address: string | undefined): string | undefined {
  if (address === undefined || isMailbox(address)) return address;
  throw new UsageError(`${name} must be one plain address such as me@contoso.com`);
}
