export function environmentOf(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>>;
export function publications(
  manifest: { readonly name: string; readonly version: string; readonly repository?: unknown },
  environment: Readonly<Record<string, string | undefined>>,
): {
  readonly commands: readonly { readonly registry: string; readonly command: readonly string[] }[];
  readonly refused: readonly string[];
};
