/** Runs a program to its end. Rejects with what it said where it fails. */
export function run(
  command: string,
  args: readonly string[],
  options?: { readonly cwd?: string; readonly quiet?: boolean },
): Promise<void>;
