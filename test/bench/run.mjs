// `npm run bench`: what the product costs, as ratios to a reference measured in the same run on the same machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { setUp } from '../setup.mjs';

const root = path.resolve(import.meta.dirname, '../..');
await setUp();
const build = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
if (build.status !== 0) process.exit(build.status ?? 1);

const { parseDocument } = await import('yaml');
const { startServer } = await import('../lsp/stdio-client.mjs');
const { farmOf } = await import('./farm.mjs');
const serverFile = path.join(root, 'dist/server.js');

console.log(
  'Keystroke to diagnostics, through the real server over stdio, as a ratio to one parse of the whole text by',
);
console.log('the `yaml` library in this process (median and 95th percentile, milliseconds):\n');
console.log('| lines | edit | keystroke to diagnostics | bare parse | ratio |');
console.log('| ---: | --- | ---: | ---: | ---: |');
for (const lines of [50, 1_000, 10_000]) {
  const text = farmOf(lines);
  const parse = measureParse(text, lines >= 10_000 ? 7 : 31);
  for (const [place, needle] of [
    ['last web application', lines < 100 ? 'Portal 2' : 'support@'],
    ['farm', 'smtpServer: smtp'],
  ]) {
    const typed = await measureTyping(text, text.lastIndexOf(needle) + needle.length, 200);
    const ratio = typed.median / parse.median;
    console.log(`| ${lines} | ${place} | ${show(typed)} | ${show(parse)} | ${ratio.toFixed(3)} |`);
  }
}

const start = await measureStart(farmOf(50), 15);
const bare = measureSpawn(15);
console.log('\nStart-up, spawn to first diagnostics of 50 lines, as a ratio to starting Node with an empty program:\n');
console.log('| server | bare node | ratio |\n| ---: | ---: | ---: |');
console.log(`| ${show(start)} | ${show(bare)} | ${(start.median / bare.median).toFixed(2)} |`);

const many = measureManyFiles(1_000, farmOf(60), 3);
console.log(
  '\n1,000 files of 60 lines in one run, spawn to exit, in seconds (median), as a ratio to ajv-cli with the schema',
);
console.log('alone, and to a program that only parses each with the `yaml` library:\n');
console.log('| farm-email check | ajv-cli | ratio | bare parse | ratio |');
console.log('| ---: | ---: | ---: | ---: | ---: |');
const seconds = ({ median }) => (median / 1000).toFixed(2);
const ratios = [many.ajv, many.parse].map(({ median }) => (many.check.median / median).toFixed(2));
console.log(`| ${seconds(many.check)} | ${seconds(many.ajv)} | ${ratios[0]} | ${seconds(many.parse)} | ${ratios[1]} |`);

/** Types one letter at a time at `offset`, and takes it away again, until the diagnostics of that very version are there. */
async function measureTyping(text, offset, keystrokes) {
  const server = startServer(serverFile);
  await server.initialize();
  const uri = 'file:///bench/farm-email.yaml';
  const opened = server.diagnostics(uri, 1);
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  await opened;
  const before = text.slice(0, offset).split('\n');
  const position = { line: before.length - 1, character: before.at(-1).length };
  const after = { line: position.line, character: position.character + 1 };
  const times = [];
  for (let version = 2; version < keystrokes + 2; version++) {
    const typing = version % 2 === 0;
    const change = { range: { start: position, end: typing ? position : after }, text: typing ? 'x' : '' };
    const answer = server.diagnostics(uri, version);
    const started = performance.now();
    server.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
    await answer;
    times.push(performance.now() - started);
  }
  await server.stop();
  // The first keystrokes run code that is not compiled yet; people notice them, so they stay in the percentile.
  return statistics(times);
}

function measureParse(text, runs) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    parseDocument(text);
    times.push(performance.now() - started);
  }
  return statistics(times);
}

async function measureStart(text, runs) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    const server = startServer(serverFile);
    const uri = 'file:///bench/farm-email.yaml';
    const first = server.diagnostics(uri, 1);
    await server.initialize();
    server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    await first;
    times.push(performance.now() - started);
    await server.stop();
  }
  return statistics(times);
}

function measureSpawn(runs) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    spawnSync(process.execPath, ['-e', '']);
    times.push(performance.now() - started);
  }
  return statistics(times);
}

/** Three programs over the same files. */
function measureManyFiles(count, text, runs) {
  const folder = mkdtempSync(path.join(tmpdir(), 'farm-email-bench-'));
  try {
    for (let i = 0; i < count; i++) writeFileSync(path.join(folder, `${i}.farm-email.yaml`), text);
    const yaml = pathToFileURL(path.join(root, 'node_modules/yaml/dist/index.js')).href;
    const parse = `
      import { readdirSync, readFileSync } from 'node:fs';
      import { parseDocument } from '${yaml}';
      for (const name of readdirSync('.')) parseDocument(readFileSync(name, 'utf8'));`;
    const ajv = path.join(root, 'node_modules/ajv-cli/dist/index.js');
    const schema = path.join(root, 'schemas/farm-email.schema.json');
    const programs = {
      check: [path.join(root, 'dist/cli.js'), 'check', '--format', 'compact'],
      ajv: [ajv, 'validate', '--spec=draft2020', '--strict=false', '-s', schema, '-d', '*.farm-email.yaml'],
      parse: ['--input-type=module', '-e', parse],
    };
    return Object.fromEntries(
      Object.entries(programs).map(([name, args]) => [
        name,
        statistics(
          Array.from({ length: runs }, () => {
            const started = performance.now();
            const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, maxBuffer: 1e9 });
            if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
            return performance.now() - started;
          }),
        ),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function statistics(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { median: at(0.5), high: at(0.95) };
}

function show({ median, high }) {
  return `${median.toFixed(2)} (${high.toFixed(2)})`;
}
