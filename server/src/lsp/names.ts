import { ErrorCodes, type Location, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import type { Analysis } from '../analysis.ts';
import { type Offsets, offsetAt, rangeBetween } from '../document/places.ts';
import { type Name, nameAt, renameAt } from '../ide/names.ts';
import { workspaceEdit } from './convert.ts';
import type { Feature, OpenTextOf } from './feature.ts';

interface At {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}

/** Definition, references, highlights and rename of certificate names and mail servers. */
export const names: Feature = {
  capabilities: {
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
  },
  serve(connection, fileOf) {
    connection.onDefinition((at) => found(fileOf, at, ({ definitions }) => definitions));
    connection.onReferences((at) =>
      found(fileOf, at, ({ definitions, uses }) => [...(at.context.includeDeclaration ? definitions : []), ...uses]),
    );
    connection.onDocumentHighlight((at) => found(fileOf, at, ({ definitions, uses }) => [...definitions, ...uses]));

    connection.onPrepareRename((at) => {
      const analysis = farmEmail(fileOf, at);
      const name = analysis && nameAt(analysis, offsetAt(analysis.document, at.position));
      if (analysis === undefined || name === undefined) return null;
      if (name.kind === 'mailServer')
        throw refusal('The host of a mail server is not ours to rename; edit the setting.');
      return { range: rangeBetween(analysis.document, name.at), placeholder: name.text };
    });
    connection.onRenameRequest((at): WorkspaceEdit | null => {
      const file = fileOf(at.textDocument.uri);
      if (file?.analysis.kind !== 'farmEmail') return null;
      const edits = renameAt(file.analysis, offsetAt(file.analysis.document, at.position), at.newName);
      if (typeof edits === 'string') throw refusal(edits);
      return edits === undefined ? null : workspaceEdit(file, edits);
    });
  },
};

function farmEmail(fileOf: OpenTextOf, { textDocument: { uri } }: At): Analysis | undefined {
  const analysis = fileOf(uri)?.analysis;
  return analysis?.kind === 'farmEmail' ? analysis : undefined;
}

function found(fileOf: OpenTextOf, at: At, places: (name: Name) => readonly Offsets[]): Location[] | null {
  const analysis = farmEmail(fileOf, at);
  const name = analysis && nameAt(analysis, offsetAt(analysis.document, at.position));
  if (analysis === undefined || name === undefined) return null;
  return places(name).map((each) => ({ uri: at.textDocument.uri, range: rangeBetween(analysis.document, each) }));
}

function refusal(message: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidRequest, message);
}
