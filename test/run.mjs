// `npm test`: all of it, in order. `npm test -- editor` runs the editor suite only, with what it stands on.
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';
import { findBrowser } from './workbench/browser.mjs';
import { installCodeServer } from './workbench/code-server.mjs';
import { build, pack } from './workbench/package.mjs';
import { isStopping, run, stopAllOnSignals } from './workbench/processes.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} title
 * @property {readonly string[]} needs
 * @property {() => Promise<Counts | void>} run
 * @property {true} [onlyByName] No part of `npm test`.
 */

/** @type {readonly Suite[]} */
const suites = [
  { name: 'style', title: 'Style (biome ci)', needs: [], run: () => tool('@biomejs/biome/bin/biome', 'ci', '.') },
  { name: 'types', title: 'Types (tsc)', needs: [], run: () => tool('typescript/bin/tsc', '-p', '.') },
  { name: 'build', title: 'Build (esbuild)', needs: [], run: build },
  { name: 'unit', title: 'Unit tests (vitest)', needs: ['build'], run: () => vitest('unit') },
  {
    name: 'servers',
    title: 'Real mail servers (Postfix, Dovecot, Cyrus SASL, Exim, Kerberos)',
    needs: ['build'],
    run: () => vitest('servers'),
  },
  { name: 'package', title: 'Package (vsce)', needs: ['build'], run: pack },
  {
    name: 'editor',
    title: 'Editor tests (vitest, a real VS Code)',
    needs: ['build', 'package'],
    run: () => inEditor('editor'),
  },
  {
    name: 'pictures',
    title: 'Pictures of the README (a real VS Code)',
    needs: ['build', 'package'],
    run: () => inEditor('pictures'),
    onlyByName: true,
  },
];

/** Downloads VS Code while the first suites run; why it could not, or undefined.
 * @type {Promise<Error | undefined> | undefined} */
let editorInstalled;

/** @param {string} project */
async function inEditor(project) {
  await findBrowser();
  const failure = await editorInstalled;
  if (failure !== undefined) throw failure;
  return vitest(project);
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 */
async function tool(script, ...args) {
  await run(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root });
}

/**
 * @param {string} project
 * @returns {Promise<Counts>}
 */
async function vitest(project) {
  const report = join(root, '.cache', `vitest-${project}.json`);
  await rm(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const failure = await tool('vitest/vitest.mjs', 'run', '--project', project, ...reporters).catch((error) => error);
  if (!existsSync(report)) throw failure ?? new Error(`vitest left no report in ${report}.`);
  const result = JSON.parse(await readFile(report, 'utf8'));
  // A file that could not be loaded has no test that failed, and an error outside any test belongs to none.
  const unloaded = result.testResults.filter(
    (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = result.numFailedTests + unloaded;
  return {
    passed: result.numPassedTests,
    failed: failure === undefined ? failed : Math.max(failed, 1),
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** @param {readonly string[]} names */
function chosen(names) {
  const unknown = names.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    throw new Error(`There is no suite ${unknown}. The suites: ${suites.map((suite) => suite.name).join(', ')}.`);
  }
  const wanted = new Set(
    names.flatMap((name) => [name, ...(suites.find((suite) => suite.name === name)?.needs ?? [])]),
  );
  return names.length === 0
    ? suites.filter(({ onlyByName }) => !onlyByName)
    : suites.filter((suite) => wanted.has(suite.name));
}

async function main() {
  const selected = chosen(process.argv.slice(2));
  await setUp();
  if (selected.some(({ needs }) => needs.includes('package'))) {
    editorInstalled = installCodeServer().then(
      () => undefined,
      (error) => error,
    );
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {Set<string>} */
  const broken = new Set();
  for (const suite of selected) {
    console.log(`\n── ${suite.title}`);
    const missing = suite.needs.find((need) => broken.has(need));
    const began = performance.now();
    try {
      if (missing !== undefined) throw new Error(`Not run: ${missing} failed.`);
      const counts = await suite.run();
      total.passed += counts?.passed ?? 0;
      total.failed += counts?.failed ?? 0;
      total.skipped += counts?.skipped ?? 0;
      if ((counts?.failed ?? 0) > 0) broken.add(suite.name);
    } catch (error) {
      if (isStopping()) return;
      broken.add(suite.name);
      total.failed += 1;
      console.error(error instanceof Error ? error.message : error);
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`── ${suite.title}: ${broken.has(suite.name) ? 'FAILED' : 'ok'} (${seconds} s)`);
  }
  if (broken.size > 0) console.log(`\nFailed: ${[...broken].join(', ')}`);
  if (total.skipped > 0) console.log(`\n${total.skipped} skipped`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

stopAllOnSignals();
await main().catch((error) => {
  console.error(error.message);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
});
