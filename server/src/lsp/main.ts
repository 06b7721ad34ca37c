import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './server.ts';

// `node dist/server.js --stdio`, or --node-ipc as VS Code starts it.
serve(createConnection(ProposedFeatures.all));
