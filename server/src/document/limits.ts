/** Files beyond these are answered with one problem instead of being read (a file is somebody else's text). */
export const limits = {
  /** UTF-16 code units. */
  length: 8 * 1024 * 1024,
  nodes: 500_000,
  /** Mappings and sequences inside one another. */
  depth: 64,
  /** Aliases of YAML, counted through aliases of aliases. */
  aliases: 100,
} as const;
