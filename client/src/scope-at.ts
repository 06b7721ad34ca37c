import type { Position, SendScope } from '../../server/src/lsp/protocol.ts';

/** The innermost scope that holds the position. */
export function scopeAt(scopes: readonly SendScope[], position: Position): SendScope | undefined {
  return scopes
    .filter(({ extent }) => !isBefore(position, extent.start) && !isBefore(extent.end, position))
    .reduce<SendScope | undefined>(
      (inner, scope) => (inner === undefined || isBefore(inner.extent.start, scope.extent.start) ? scope : inner),
      undefined,
    );
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
