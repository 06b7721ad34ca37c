export function installNode(): Promise<string>;
export function nodeProgram(): string;
export function npm(folder: string, packages?: readonly string[]): Promise<void>;
