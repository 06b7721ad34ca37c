export interface StdioClient {
  request(method: string, params: unknown): Promise<unknown>;
  heard(method: string, fits?: (params: never) => boolean): Promise<unknown>;
  notify(method: string, params: unknown): void;
  /** Cancels the request that was made last. */
  cancel(): void;
  initialize(options?: {
    readonly capabilities?: object;
    readonly rootUri?: string | null;
    readonly initializationOptions?: object;
  }): Promise<unknown>;
  diagnostics(uri: string, version: number): Promise<unknown>;
  stop(): Promise<unknown>;
}

export function startServer(file: string, options?: { readonly env?: NodeJS.ProcessEnv }): StdioClient;
