import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { browserPlatform } from './browser-platform.ts';
import { serve } from './server.ts';

// In a web worker, whose messages are those of the language client.
const reader = new BrowserMessageReader(globalThis);
const writer = new BrowserMessageWriter(globalThis);
serve(createConnection(reader, writer), browserPlatform);
