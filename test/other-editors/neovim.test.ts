import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const minute = 60_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'farm-email-neovim-'));
  const docs = await readFile(join(root, 'docs/editors.md'), 'utf8');
  const [, setUp = ''] = /```lua\n(.*?)```/s.exec(docs) ?? [];
  expect(setUp).toContain('/path/to/farm-email');
  await writeFile(join(folder, 'init.lua'), setUp.replaceAll('/path/to/farm-email', root));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Opens a file in a Neovim that is set up as docs/editors.md says, runs Lua in it, and answers what that prints as JSON. */
async function inNeovim(name: string, text: string, lua: string): Promise<unknown> {
  await writeFile(join(folder, name), text);
  const script = join(folder, 'test.lua');
  await writeFile(
    script,
    `local function answer(it) io.stdout:write(vim.fn.json_encode(it)) end\n${lua}\nvim.cmd('qall!')\n`,
  );
  const args = ['--headless', '--clean', '-u', join(folder, 'init.lua'), name, '-c', `luafile ${script}`];
  const run = promisify(execFile)('nvim', args, { cwd: folder, timeout: minute });
  const { stdout } = await run.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Error('This test runs Neovim. Install it: apt-get install neovim');
  });
  return JSON.parse(stdout);
}

const file = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 465
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
    characterSet: 99999
`;

const codes = `
local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    local lsp = each.user_data and each.user_data.lsp or {}
    table.insert(found, (each.code or lsp.code) .. ' ' .. each.lnum)
  end
  table.sort(found)
  return found
end
local function has(count) return function() return #codes() == count end end
`;

test('findings are shown, once, and change as one types', { timeout: minute }, async () => {
  const answers = await inNeovim(
    'farm-email.yaml',
    file,
    `${codes}
    vim.wait(20000, has(2), 20)
    local first = codes()
    vim.api.nvim_buf_set_lines(0, 5, 6, false, { '    smtpPort: 587' })
    vim.wait(20000, has(1), 20)
    answer({ first, codes() })`,
  );
  expect(answers).toEqual([['code-page-unknown 10', 'port-implicit-tls 5'], ['code-page-unknown 10']]);
});

test('quick fixes, hover and completion answer', { timeout: minute }, async () => {
  const answers = await inNeovim(
    'contoso.farm-email.yaml',
    file,
    `${codes}
    vim.wait(20000, has(2), 20)
    local uri = vim.uri_from_bufnr(0)
    local function ask(method, params)
      params.textDocument = { uri = uri }
      for _, answered in pairs(vim.lsp.buf_request_sync(0, method, params, 20000)) do return answered.result end
    end
    local port = { line = 5, character = 15 }
    local titles, labels = {}, {}
    local actions = ask('textDocument/codeAction', {
      range = { start = port, ['end'] = port },
      context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0, 5) },
    })
    for _, action in ipairs(actions) do table.insert(titles, action.title) end
    local hover = ask('textDocument/hover', { position = { line = 5, character = 6 } })
    vim.api.nvim_buf_set_lines(0, 6, 6, false, { '    cli' })
    local completion = ask('textDocument/completion', { position = { line = 6, character = 7 } })
    for _, item in ipairs(completion.items or completion) do table.insert(labels, item.label) end
    answer({ titles, hover.contents.value, labels })`,
  );
  expect(answers).toEqual([
    expect.arrayContaining(['Use port 587']),
    expect.stringContaining('465'),
    expect.arrayContaining(['clientCertificate']),
  ]);
});

test('a configuration is one of our files, too', { timeout: minute }, async () => {
  const answers = await inNeovim(
    'farm-email.config.yaml',
    'version: 1\nrules: { nothing: off }\n',
    `${codes}
    vim.wait(20000, has(1), 20)
    answer(codes())`,
  );
  expect(answers).toEqual(['schema/unknown-key 1']);
});
