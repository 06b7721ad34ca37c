export function findBrowser(): Promise<{ path: string; args: readonly string[] }>;
