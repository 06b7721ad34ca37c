/**
 * Text that another tool, or Farm Email itself, puts a value in place of: `${…}`, `$(…)`, `$env:NAME`, `%NAME%`,
 * `#{…}`, `{{ … }}`, `<%= … %>`, `__NAME__`, `[ENC=…]` and `[x={…}=]`.
 */
const placeholder =
  /\$\{[^}]*\}|\$\([^)]*\)|\$env:\w+|%[A-Za-z_]\w*%|#\{[^}]*\}|\{\{.*?\}\}|<%=?.*?%>|__[A-Za-z]\w*?__|\[ENC=[^\]]*\]|\[x=\{.*?\}=\]/s;
const onlyPlaceholders = new RegExp(`^(?:${placeholder.source})+$`, 's');

/** True where a value, or part of it, is not known before another tool has filled it in. */
export function holdsPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && placeholder.test(value);
}

/** True where a value is made of placeholders alone. */
export function isPlaceholder(value: string): boolean {
  return onlyPlaceholders.test(value);
}
