import type { ScalarValue } from '../../document/node.ts';
import type { Format } from '../../document/split.ts';
import { newlineOf, scalarText } from '../../document/written.ts';

/** A value to insert, with stops at which the user fills in. */
export type Piece =
  | { readonly kind: 'scalar'; readonly value: ScalarValue }
  /** The first is what stands there until another is chosen; none leaves the place empty. */
  | { readonly kind: 'stop'; readonly values: readonly ScalarValue[]; readonly isText: boolean }
  | { readonly kind: 'mapping'; readonly entries: readonly (readonly [key: string, value: Piece])[] }
  | { readonly kind: 'list'; readonly items: readonly Piece[] };

export function scalar(value: ScalarValue): Piece {
  return { kind: 'scalar', value };
}

export function stop(...values: readonly ScalarValue[]): Piece {
  return { kind: 'stop', values, isText: values.every((value) => typeof value === 'string') };
}

export function mapping(entries: Readonly<Record<string, Piece>>): Piece {
  return { kind: 'mapping', entries: Object.entries(entries) };
}

export function list(...items: readonly Piece[]): Piece {
  return { kind: 'list', items };
}

/** How and where pieces are written. */
export interface Style {
  readonly format: Format;
  /** In brackets; JSON always is. */
  readonly flow: boolean;
  /** Column of the key or the item that the piece belongs to. */
  readonly column: number;
  /** Blanks of one level. */
  readonly unit: number;
  readonly newline: string;
  /** False for a client without snippets: then stops are their first value. */
  readonly snippets: boolean;
}

/** How a text is indented and ends its lines. */
export function styleOf(format: Format, text: string): Pick<Style, 'format' | 'unit' | 'newline'> {
  const unit = /^( +)\S/m.exec(text.replace(/^ *(?:#|\/\/).*$/gm, ''))?.[1]?.length ?? 2;
  return { format, unit: Math.min(unit, 8), newline: newlineOf(text) };
}

/** Writes pieces one after the other; stops are counted through. */
export interface Writer {
  /** What stands behind `key:`, with the space or the line break before it. */
  behindColon(piece: Piece, column: number): string;
  /** An item of a list, behind its dash, or in brackets. */
  item(piece: Piece, column: number): string;
  text(value: ScalarValue): string;
}

export function pieceWriter({ format, flow, unit, newline, snippets }: Style): Writer {
  let stops = 0;
  const blanks = (column: number): string => newline + ' '.repeat(column);
  const literal = (text: string): string => (snippets ? text.replace(/[\\$}]/g, '\\$&') : text);
  const text = (value: ScalarValue): string => literal(scalarText(format, value, 'plain', flow));
  const key = (name: string): string => text(name);

  const inline = (piece: Piece, column: number): string => {
    if (piece.kind === 'scalar') return text(piece.value);
    if (piece.kind === 'stop') return stopText(piece);
    if (piece.kind === 'list') return format === 'yaml' ? row(piece, column) : bracketed(piece, column, '[', ']');
    return format === 'yaml' ? row(piece, column) : bracketed(piece, column, '{', '}');
  };
  const stopText = ({ values, isText }: Extract<Piece, { kind: 'stop' }>): string => {
    const written = values.map((value) => scalarText(format, value, 'plain', flow));
    if (!snippets) return written[0] ?? (format === 'yaml' ? '' : '""');
    stops++;
    const [first] = written;
    if (first === undefined) return format !== 'yaml' && isText ? `"$${stops}"` : `$${stops}`;
    if (written.length === 1) return `\${${stops}:${literal(first)}}`;
    return `\${${stops}|${written.map((each) => each.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
  };
  const parts = (piece: Piece, column: number): readonly string[] => {
    if (piece.kind === 'mapping')
      return piece.entries.map(([name, value]) => `${key(name)}: ${inline(value, column + unit)}`);
    return piece.kind === 'list' ? piece.items.map((item) => inline(item, column + unit)) : [];
  };
  const row = (piece: Piece, column: number): string => {
    const [open, close] = piece.kind === 'list' ? ['[', ']'] : ['{ ', literal(' }')];
    return open + parts(piece, column).join(', ') + close;
  };
  const bracketed = (piece: Piece, column: number, open: string, close: string): string => {
    const all = parts(piece, column).map((part) => blanks(column + unit) + part);
    return `${open}${all.join(',')}${blanks(column)}${literal(close)}`;
  };
  const block = (piece: Piece, column: number): string => {
    if (piece.kind === 'mapping')
      return piece.entries.map(([name, value]) => `${key(name)}:${behindColon(value, column)}`).join(blanks(column));
    if (piece.kind === 'list') return piece.items.map((item) => `- ${writeItem(item, column)}`).join(blanks(column));
    return inline(piece, column);
  };
  const behindColon = (piece: Piece, column: number): string => {
    if (flow || piece.kind === 'scalar' || piece.kind === 'stop') return ` ${inline(piece, column)}`;
    return blanks(column + unit) + block(piece, column + unit);
  };
  const writeItem = (piece: Piece, column: number): string => (flow ? inline(piece, column) : block(piece, column + 2));

  return { behindColon, item: writeItem, text };
}
