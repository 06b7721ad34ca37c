export function packTarball(folder: string, destination: string): Promise<void>;
export function tagDistribution(repository: string, folder: string, version: string): void;
export function tagsOf(version: string): { readonly released: string; readonly moving: string };
export function withDistribution(use: (folder: string) => unknown): Promise<void>;
