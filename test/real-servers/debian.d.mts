/** Where the packages are unpacked. */
export const debian: string;
/** Where Dovecot's auth service looks for its modules, below its base_dir. */
export const modulesFolder: string;
/** Folder of libraries below `debian`. */
export function libraries(): string;
export function unpackServers(log?: (line: string) => void): Promise<void>;
