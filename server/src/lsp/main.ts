#!/usr/bin/env node
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodePlatform } from './node-platform.ts';
import { serve } from './server.ts';

// `node dist/server.js --stdio`, or --node-ipc as VS Code starts it.
serve(createConnection(ProposedFeatures.all), nodePlatform);
