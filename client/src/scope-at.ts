import type { Position, SendScope } from '../../server/src/lsp/protocol.ts';

/** The innermost scope whose range holds the position. */
export function scopeAt(scopes: readonly SendScope[], position: Position): SendScope | undefined {
  return scopes
    .filter(({ range }) => !isBefore(position, range.start) && !isBefore(range.end, position))
    .reduce<SendScope | undefined>(
      (inner, scope) => (inner === undefined || isBefore(inner.range.start, scope.range.start) ? scope : inner),
      undefined,
    );
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
