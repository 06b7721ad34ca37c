import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import type { Format } from '../../server/src/document/split.ts';
import { type Completion, completionsAt } from '../../server/src/ide/completion/completion.ts';
import { applyEdits } from '../../server/src/text/position.ts';

export interface Offer {
  readonly labels: readonly string[];
  readonly all: readonly Completion[];
  item(label: string): Completion;
  /** The text with the completion of that label, its stops filled with what they begin with. */
  accept(label: string): string;
}

/** What is offered at `|`. */
export function complete(marked: string, format: Format = 'yaml', snippets = true): Offer {
  const offset = marked.indexOf('|');
  if (offset < 0) throw new Error('There is no | in the text.');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const all = completionsAt(analyse(format, text, noSurroundings), offset, snippets);
  const item = (label: string): Completion => {
    const found = all.find((each) => each.label === label);
    if (found === undefined) throw new Error(`No ${label} among: ${all.map((each) => each.label).join(', ')}`);
    return found;
  };
  return {
    labels: all.map(({ label }) => label),
    all,
    item,
    accept(label) {
      const { edit, isSnippet } = item(label);
      return applyEdits(text, [{ ...edit, text: isSnippet ? filledIn(edit.text) : edit.text }]);
    },
  };
}

/** A snippet with the first of each stop's values, as VS Code and the specification of LSP read it. */
export function filledIn(snippet: string): string {
  let text = '';
  for (let i = 0; i < snippet.length; ) {
    const rest = snippet.slice(i);
    const stop =
      /^\$\d+/.exec(rest) ?? /^\$\{\d+:((?:[^\\}]|\\.)*)\}/.exec(rest) ?? /^\$\{\d+\|((?:[^\\|]|\\.)*)\|\}/.exec(rest);
    if (stop !== null) {
      const value = stop[0].includes('|') ? (/^(?:[^\\,]|\\.)*/.exec(stop[1] ?? '')?.[0] ?? '') : (stop[1] ?? '');
      text += value.replace(/\\(.)/g, '$1');
      i += stop[0].length;
    } else if (rest.startsWith('\\')) {
      text += rest[1] ?? '';
      i += 2;
    } else {
      if (rest.startsWith('$')) throw new Error(`A bare $ in the snippet: ${snippet}`);
      text += rest[0];
      i++;
    }
  }
  return text;
}
