import { spawn } from 'node:child_process';

/**
 * A small LSP client for `node dist/server.js --stdio`, for tests and benchmarks: it writes what an editor writes and
 * hands over what the server says, with no library in between whose time would count.
 */
export function startServer(file, { env = process.env } = {}) {
  const child = spawn(process.execPath, [file, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const answers = new Map();
  const listeners = new Set();
  let rest = Buffer.alloc(0);
  let next = 1;

  child.stdout.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const head = rest.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(rest.toString('latin1', 0, head))?.[1]);
      if (rest.length < head + 4 + length) return;
      const message = JSON.parse(rest.toString('utf8', head + 4, head + 4 + length));
      rest = rest.subarray(head + 4 + length);
      receive(message);
    }
  });

  function receive(message) {
    if (message.id !== undefined && message.method === undefined) {
      const answer = answers.get(message.id);
      answers.delete(message.id);
      if (message.error) answer?.reject(new Error(message.error.message));
      else answer?.resolve(message.result);
      return;
    }
    if (message.id !== undefined) write({ id: message.id, result: null });
    for (const listener of [...listeners]) listener(message);
  }

  function write(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    child.stdin.write(body);
  }

  function request(method, params) {
    const id = next++;
    return new Promise((resolve, reject) => {
      answers.set(id, { resolve, reject });
      write({ id, method, params });
    });
  }

  /** The next notification or request of the server that fits. */
  function heard(method, fits = () => true) {
    return new Promise((resolve) => {
      const listener = (message) => {
        if (message.method !== method || !fits(message.params)) return;
        listeners.delete(listener);
        resolve(message.params);
      };
      listeners.add(listener);
    });
  }

  return {
    request,
    heard,
    notify: (method, params) => write({ method, params }),
    /** Cancels the request that was made last. */
    cancel: () => write({ method: '$/cancelRequest', params: { id: next - 1 } }),
    /** As an editor starts; `capabilities` decide whether diagnostics are pushed or pulled. */
    async initialize(options = {}) {
      const { capabilities = {}, rootUri = null, initializationOptions } = options;
      const result = await request('initialize', {
        processId: process.pid,
        rootUri,
        capabilities,
        initializationOptions,
      });
      write({ method: 'initialized', params: {} });
      return result;
    },
    /** The diagnostics that are pushed for a version of a file. */
    diagnostics: (uri, version) =>
      heard('textDocument/publishDiagnostics', (params) => params.uri === uri && params.version === version),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await request('shutdown', null);
      write({ method: 'exit' });
      return ended;
    },
  };
}
