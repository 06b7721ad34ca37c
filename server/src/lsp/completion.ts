import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver-types';
import { offsetAt, rangeBetween } from '../document/places.ts';
import { type Completion, completionsAt } from '../ide/completion/completion.ts';
import type { Feature } from './feature.ts';

const kinds: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  keyword: CompletionItemKind.Keyword,
  fragment: CompletionItemKind.Snippet,
  rule: CompletionItemKind.Reference,
};

/** What begins a key or a value, for editors that otherwise ask at letters only. */
const triggerCharacters = [':', ' ', '-', '"', "'", ',', '{', '[', '$'];

export const completion: Feature = {
  capabilities: { completionProvider: { triggerCharacters } },
  serve(connection, fileOf, client) {
    connection.onCompletion(({ textDocument: { uri }, position }) => {
      const analysis = fileOf(uri)?.analysis;
      if (analysis === undefined) return [];
      const { document } = analysis;
      const snippets = client().textDocument?.completion?.completionItem?.snippetSupport === true;
      return completionsAt(analysis, offsetAt(document, position), snippets).map(
        ({ label, kind, detail, documentation, filter, edit, isSnippet }, index): CompletionItem => ({
          label,
          kind: kinds[kind],
          ...(detail === undefined ? {} : { detail }),
          ...(documentation === undefined
            ? {}
            : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
          filterText: filter,
          sortText: String(index).padStart(4, '0'),
          textEdit: { range: rangeBetween(document, edit), newText: edit.text },
          insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
          // Lines are indented as they have to be, whatever the line of the cursor looks like.
          insertTextMode: InsertTextMode.asIs,
        }),
      );
    });
  },
};
