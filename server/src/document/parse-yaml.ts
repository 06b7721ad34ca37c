import { Composer, type Document, Lexer, type ParsedNode, Parser } from 'yaml';
import { type CommentRange, yamlComments } from './comments.ts';

const options = { uniqueKeys: false, prettyErrors: false, logLevel: 'silent', stringKeys: false } as const;

/** Marks that the library's lexer puts between the pieces of the text. */
const marks: readonly string[] = ['\u0002', '\u0018', '\u001f'];
const scalarMark = '\u001f';

export interface ParsedYaml {
  readonly documents: readonly Document.Parsed<ParsedNode>[];
  /** In file order. What looks like one in a scalar is none. */
  readonly comments: readonly CommentRange[];
}

/** Parses YAML text in one go, and keeps where its comments stand. Throws where the text is nested too deep for the stack. */
export function parseYaml(text: string): ParsedYaml {
  const comments: CommentRange[] = [];
  const parser = new Parser();
  function* tokens(): ReturnType<Parser['parse']> {
    let offset = 0;
    let inScalar = false;
    const pieces: Iterable<string> = new Lexer().lex(text);
    for (const piece of pieces) {
      const isMark: boolean = !inScalar && marks.includes(piece);
      if (!inScalar && piece.startsWith('#')) comments.push(...yamlComments(piece.trimEnd(), offset));
      if (!isMark) offset += piece.length;
      inScalar = isMark && piece === scalarMark;
      yield* parser.next(piece);
    }
    yield* parser.end();
  }
  const documents = [...new Composer<ParsedNode>(options).compose(tokens())] as Document.Parsed<ParsedNode>[];
  return { documents, comments };
}
