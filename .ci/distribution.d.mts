export function layOut(folder: string): Promise<void>;
export function packTarball(folder: string, destination: string): Promise<void>;
export function tagDistribution(repository: string, folder: string, version: string): void;
export function tagsOf(version: string): { readonly released: string; readonly moving: string };
