import { reportFormats } from '../report/output.ts';
import { severities } from '../report/place.ts';
import type { CommandOptions } from './command.ts';

export const checkOptions = {
  format: { type: 'string', multiple: true, default: ['pretty'] as string[], words: reportFormats },
  fix: { type: 'boolean', default: false },
  'fail-on': { type: 'string', default: 'error', words: [...severities, 'never'] },
  config: { type: 'string', words: 'files' },
  'print-config': { type: 'boolean', default: false },
  baseline: { type: 'string', words: 'files' },
  'write-baseline': { type: 'boolean', default: false },
  'prune-baseline': { type: 'boolean', default: false },
  'add-suppressions': { type: 'boolean', default: false },
  reason: { type: 'string' },
  'changed-since': { type: 'string', words: 'revisions' },
  'stdin-filename': { type: 'string', words: 'files' },
} as const satisfies CommandOptions;

export const checkUsage =
  'farm-email check [FILE | FOLDER …] [--format FORMAT[=FILE]]… [--fail-on SEVERITY] [--fix] [OPTIONS]';

export const checkHelp = `Checks the given files, and every farm-email file below the given folders; without arguments
below this folder. "-" reads standard input.

  --format FORMAT[=FILE]   on standard output, or into a file; several at once, one of them on standard output
                             pretty    for people: the line, underlined, and the fix (default)
                             compact   one line each: file:line:column: severity: message [rule]
                             json      all of it, in a form that stays
                             sarif     SARIF 2.1.0, for code scanning
                             github    annotations of GitHub Actions, errors first, and the job summary
                             gitlab    GitLab's Code Quality
                             junit     test results
                             markdown  a table
  --fail-on SEVERITY       error (default), warning, information, hint or never
  --fix                    apply the safe fixes to the files first
  --config FILE            the configuration of all files; else the nearest farm-email.config.yaml (.yml, .json,
                           .jsonc) upwards from each file counts
  --print-config           only print what is configured for the file: each rule with its severity
  --stdin-filename NAME    the name that standard input is checked under

For a repository that has findings already:

  --changed-since REV      only findings on lines that changed since this revision of git
  --baseline FILE          leave out the findings that FILE accepts
  --write-baseline         write FILE: it accepts what is found now
  --prune-baseline         take out of FILE what is no longer found
  --add-suppressions       accept what is found now with a comment above each line
  --reason TEXT            the reason in those comments

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use or configuration, 3 our own failure.`;
