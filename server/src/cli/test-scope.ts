import { type Analysis, settingsOf } from '../analysis.ts';
import { scopesOf } from '../ide/scopes.ts';
import { comparableText, comparableUrl } from '../rules/web-application-urls.ts';
import { nearest } from '../schema/nearest.ts';
import { nameOf } from '../settings/effective.ts';
import type { WebApplication } from '../settings/model.ts';
import { UsageError } from './command.ts';

interface Candidate {
  readonly pointer: string;
  readonly webApplication: WebApplication;
}

/** Web applications that a message lists. */
const listed = 10;

/**
 * What `--farm` and `--web-application` name: `/farm`, which is the one without either, or `/webApplications/<index>`.
 * A web application is named by its URL or its name.
 */
export function scopeNamed(analysis: Analysis, isFarm: boolean, wanted: string | undefined): string {
  if (wanted === undefined) {
    if (analysis.settings.common.farm === undefined) throw new UsageError('the file states no farm');
    return '/farm';
  }
  if (isFarm) throw new UsageError('--farm and --web-application exclude each other');
  const candidates = candidatesOf(analysis);
  const url = comparableText(wanted);
  const found =
    url === undefined
      ? named(candidates, wanted)
      : candidates.filter(({ webApplication }) => comparableUrl(webApplication.url) === url);
  const [first, ...others] = found;
  if (first === undefined) throw new UsageError(unknownMessage(candidates, wanted));
  if (others.length === 0) return first.pointer;
  throw new UsageError(`more than one web application is called ${wanted}: ${list(found)}; name it by its URL`);
}

function candidatesOf(analysis: Analysis): readonly Candidate[] {
  return scopesOf(analysis).flatMap(({ pointer }) => {
    const scope = settingsOf(analysis, pointer)?.scope;
    return scope?.kind === 'webApplication' ? [{ pointer, webApplication: scope.webApplication }] : [];
  });
}

/** By the name as it is written, else by the name in other letters. */
function named(candidates: readonly Candidate[], wanted: string): readonly Candidate[] {
  const exact = candidates.filter(({ webApplication }) => webApplication.name?.value === wanted);
  if (exact.length > 0) return exact;
  return candidates.filter(({ webApplication }) => webApplication.name?.value?.toLowerCase() === wanted.toLowerCase());
}

function unknownMessage(candidates: readonly Candidate[], wanted: string): string {
  if (candidates.length === 0) return 'the file has no web applications; without --web-application the farm is tested';
  const textsOf = ({ webApplication: { name, url } }: Candidate): readonly string[] =>
    [name?.value, url?.value].flatMap((text) => text ?? []);
  const meant = nearest(wanted, candidates.flatMap(textsOf));
  const isMeant = (candidate: Candidate): boolean => meant !== undefined && textsOf(candidate).includes(meant);
  const ordered = [...candidates.filter(isMeant), ...candidates.filter((each) => !isMeant(each))];
  return `there is no web application ${wanted}; there are ${list(ordered)}`;
}

function list(candidates: readonly Candidate[]): string {
  const shown = candidates.slice(0, listed).map(({ webApplication }) => {
    const name = nameOf(webApplication);
    const url = webApplication.url?.value;
    return url === undefined || url === name ? name : `${name} (${url})`;
  });
  const more = candidates.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
