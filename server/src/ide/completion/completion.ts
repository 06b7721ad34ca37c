import { type Analysis, ignorableIds } from '../../analysis.ts';
import { textOf } from '../../document/document.ts';
import type { ConfigurationFile } from '../../lint/configuration-file.ts';
import type { Edit } from '../../text/position.ts';
import { suppressionsAt } from './comments.ts';
import { keysAtPlace } from './keys.ts';
import { type Style, styleOf } from './piece.ts';
import { placesAt } from './place.ts';
import { newItemsAt, valuesAt } from './values.ts';

export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'keyword' | 'fragment' | 'rule';
  /** One line beside the label. */
  readonly detail: string | undefined;
  /** Markdown. */
  readonly documentation: string | undefined;
  /** What the word under the cursor is compared with. */
  readonly filter: string;
  /** Replaces the word under the cursor; on one line. */
  readonly edit: Edit;
  /** True where the text is a snippet, with stops. */
  readonly isSnippet: boolean;
}

/** What may be written at an offset, the likeliest first. */
export function completionsAt(
  analysis: Analysis | ConfigurationFile,
  offset: number,
  snippets: boolean,
): readonly Completion[] {
  const { document } = analysis;
  const comment = analysis.kind === 'farmEmail' ? suppressionsAt(analysis, offset, ignorableIds) : undefined;
  if (comment !== undefined) return comment;
  const plain = styleOf(document.format, textOf(document));
  const found = placesAt(document, offset).flatMap((place) => {
    const { slot, flow } = place;
    const inBrackets = flow || document.format !== 'yaml';
    const column = inBrackets ? slot.indentation : slot.column;
    const style: Style = { ...plain, flow: inBrackets, column, snippets };
    if (place.kind === 'key') return keysAtPlace(analysis, place, style);
    return place.kind === 'value' ? valuesAt(analysis, place, style) : newItemsAt(analysis, place, style);
  });
  return [...new Map(found.toReversed().map((each) => [`${each.kind} ${each.label}`, each])).values()].reverse();
}
