export function farmOf(lines: number): string;
