/**
 * `node esbuild.mjs` builds dist/; `node esbuild.mjs generate` only writes what the build itself needs first.
 *
 * Each program is bundled as ES modules with splitting, and every file of the result is then turned into CommonJS.
 * Splitting gives what a single file cannot: `import()` is a file of its own, so nodemailer and its like load at the
 * first test email, and a module that two files need exists once (two copies of a class with #private fields would not
 * know each other). CommonJS, because it starts fastest, needs no second package.json, and is what VS Code loads.
 * Spawn to exit of a small server, median of 41 runs: one CommonJS file 125 ms, ES modules 128, this 122; with the
 * first lazy import 152, 148, 140.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');

/** Name of each entry in dist/, and its source. */
const programs = [
  {
    entries: {
      extension: 'client/src/extension.ts',
      client: 'client/src/client.ts',
      'browser-client': 'client/src/browser-client.ts',
    },
    external: ['vscode'],
  },
  {
    entries: {
      server: 'server/src/lsp/main.ts',
      cli: 'server/src/cli/main.ts',
      'browser-server': 'server/src/lsp/browser-main.ts',
    },
    external: ['kerberos'],
  },
];

/** Entries that run in a browser, where nothing of Node may be asked for. */
const browserEntries = { client: 'browser-client.js', server: 'browser-server.js' };

/** Bytes an entry may load at start. VS Code loads this one in every window that has YAML or JSON open. */
const budgets = { 'extension.js': 20_000, 'browser-extension.js': 20_000 };

/** Packages that must load when first used, never at start. */
const lazyPackages = ['nodemailer', 'smtp-server', 'iconv-lite'];

/** smtp-server carries a ready-made private key for those who bring none. We bring our own; a key is not to be shipped. */
const withoutSampleKeys = {
  name: 'without sample keys',
  setup({ onLoad }) {
    onLoad({ filter: /smtp-server\/dist\/\w+\/tls-options\.js$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const contents = text.replace(/^\s*(?:key|cert): (?:'[^']*'\s*\+?\s*)+,$/gm, '');
      if (contents.includes('PRIVATE KEY')) throw new Error(`${file} still holds a private key.`);
      return { contents };
    });
  },
};

/** Characters that only Big5 of the web has: code page 950 is read from the table of that code page, and no other needs them. */
const withoutUnusedTables = {
  name: 'without unused tables',
  setup({ onLoad }) {
    onLoad({ filter: /iconv-lite\/encodings\/tables\/big5-added\.json$/ }, () => ({ contents: '[]', loader: 'json' }));
  },
};

/** Stands for `import.meta.url`, which CommonJS does not have. */
const fileUrl = '__fileUrl';
const fileUrlBanner = `const ${fileUrl} = require('node:url').pathToFileURL(__filename).href;\n`;

try {
  await generate();
  if (process.argv[2] !== 'generate') await build();
} catch (error) {
  // esbuild has printed its own errors, each with the line at fault.
  if (!Array.isArray(error.errors)) console.error(error);
  process.exitCode = 1;
}

async function generate() {
  const generator = path.join(root, 'server/src/schema/generate.mjs');
  if (!existsSync(generator)) return;
  const { generateValidators } = await import(pathToFileURL(generator).href);
  const schema = await configurationSchema();
  // `npm run generate` writes it anew.
  const file = path.join(root, 'schemas/config.schema.json');
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  generateValidators(schema);
}

/** The schema of a configuration holds the ids of the rules: so the rules are bundled to be asked for them. */
async function configurationSchema() {
  const contents = `
    import { configurationSchema } from './server/src/report/configuration-schema.ts';
    import { rules } from './server/src/rules/registry.ts';
    export const schema = configurationSchema(rules);`;
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
    write: false,
  });
  const module = { exports: {} };
  new Function('module', 'require', outputFiles[0].text)(module, createRequire(import.meta.url));
  return module.exports.schema;
}

async function build() {
  mkdirSync(dist, { recursive: true });
  const bundled = (await Promise.all(programs.map(bundle))).flat();
  const built = [...bundled, await browserExtension(bundled)];
  // What each program loads, for those who ship one without the others.
  const files = bundled.filter(({ start }) => start !== undefined).map(({ name, files }) => [name, files]);
  writeFileSync(path.join(dist, 'programs.json'), JSON.stringify(Object.fromEntries(files)));
  await bundleAction();
  for (const { name, code } of built) writeFileSync(path.join(dist, name), code);
  const names = new Set(built.map(({ name }) => name));
  for (const name of readdirSync(dist)) if (name.endsWith('.js') && !names.has(name)) rmSync(path.join(dist, name));
  for (const { name, code, start } of built) {
    if (start === undefined) continue;
    console.log(`dist/${name}  ${kilobytes(code.length)}, loads ${kilobytes(start)} at start`);
    if (start > (budgets[name] ?? Number.POSITIVE_INFINITY)) {
      throw new Error(`dist/${name} loads ${start} bytes at start; at most ${budgets[name]} are allowed.`);
    }
  }
}

async function bundle({ entries, external }) {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    // jsonc-parser's main is UMD, whose inner require() no bundler can follow.
    mainFields: ['module', 'main'],
    // The browser's entries need what Node's do not: packages name Node's variant first where they have both.
    conditions: ['browser'],
    // The variant that needs nothing of Node, for all: so a browser runs the very files that Node runs.
    alias: { yaml: path.join(root, 'node_modules/yaml/browser/index.js') },
    external,
    plugins: [withoutSampleKeys, withoutUnusedTables],
    define: { 'import.meta.url': fileUrl },
    metafile: true,
    write: false,
  });
  return Promise.all(
    outputFiles.map(async (file) => {
      const name = path.relative(dist, file.path);
      const output = `dist/${name}`;
      const isEntry = Object.keys(entries).some((entry) => `${entry}.js` === name);
      if (isEntry) refuseEagerPackages(metafile, output);
      const isForBrowser = Object.values(browserEntries).includes(name);
      const all = closure(metafile, output, () => true);
      if (isForBrowser) refuseNode(metafile, output, all);
      const start = isEntry
        ? startClosure(metafile, output).reduce((sum, at) => sum + metafile.outputs[at].bytes, 0)
        : undefined;
      const files = all.map((at) => path.relative('dist', at));
      return { name, code: await toCommonJs(file.text, output), start, files };
    }),
  );
}

/** The GitHub Action: one file of its own, which needs nothing else to run. */
async function bundleAction() {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['server/src/cli/action.ts'],
    outfile: path.join(dist, 'action/index.js'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minify: true,
    legalComments: 'none',
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': fileUrl },
    banner: { js: fileUrlBanner },
  });
}

/** A web worker of VS Code loads this file alone: so it is told which others it reads. */
async function browserExtension(bundled) {
  const filesOf = (name) => bundled.find((each) => each.name === name).files;
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { 'browser-extension': 'client/src/browser-extension.ts' },
    outdir: dist,
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    external: ['vscode'],
    define: {
      browserFiles: JSON.stringify({
        client: filesOf(browserEntries.client),
        server: filesOf(browserEntries.server),
      }),
    },
    write: false,
  });
  const [{ text }] = outputFiles;
  return { name: 'browser-extension.js', code: text, start: text.length };
}

async function toCommonJs(text, sourcefile) {
  const isUsed = text.includes(fileUrl);
  const banner = isUsed ? fileUrlBanner : '';
  const { code } = await esbuild.transform(banner + text, {
    sourcefile,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    logLevel: 'warning',
    // A native import() of a CommonJS file goes through the ES module loader, which costs 30 ms.
    supported: { 'dynamic-import': false },
    logOverride: { 'empty-import-meta': 'error' },
  });
  return code;
}

/** The output and everything it imports statically: what runs before the program can answer. */
function startClosure(metafile, output) {
  return closure(metafile, output, ({ kind }) => kind !== 'dynamic-import');
}

/** The output, first, and everything it imports in such a way. */
function closure(metafile, output, isFollowed, seen = new Set()) {
  if (seen.has(output)) return [];
  seen.add(output);
  for (const imported of metafile.outputs[output].imports) {
    if (!imported.external && isFollowed(imported)) closure(metafile, imported.path, isFollowed, seen);
  }
  return [...seen];
}

function refuseNode(metafile, entry, outputs) {
  for (const at of outputs) {
    const node = metafile.outputs[at].imports.find(({ path: name, external }) => external && isBuiltin(name));
    if (node !== undefined) throw new Error(`${entry} runs in a browser, and ${at} imports ${node.path}.`);
  }
}

function refuseEagerPackages(metafile, output) {
  for (const at of startClosure(metafile, output)) {
    for (const input of Object.keys(metafile.outputs[at].inputs)) {
      const eager = lazyPackages.find((name) => input.includes(`node_modules/${name}/`));
      if (eager !== undefined) {
        throw new Error(`${output} would load ${eager} at start (${input}): reach it through import().`);
      }
    }
  }
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
