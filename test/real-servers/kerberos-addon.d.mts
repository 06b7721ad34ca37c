/** Folder of the compiled package, for `require`. */
export const kerberosPackage: string;
export function compileKerberos(log?: (line: string) => void): Promise<void>;
