import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { root, type SourceFile, sources } from './sources.ts';

/** From the ground up; a folder stands only on the floors below it (and on its own files). */
const floors: readonly (readonly string[])[] = [
  ['text'],
  ['document'],
  ['schema', 'certificates'],
  ['settings'],
  ['lint'],
  ['rules', 'smtp'],
  ['powershell'],
  ['analysis.ts'],
  ['ide', 'report'],
  ['inbox'],
  ['node'],
  ['lsp', 'cli'],
];

const server = sources('server/src');
const client = sources('client/src');

function floorOf(file: string): { readonly level: number; readonly room: string } {
  const room = file.replace('server/src/', '').split('/')[0] ?? '';
  return { level: floors.findIndex((rooms) => rooms.includes(room)), room };
}

function offenders(
  files: readonly SourceFile[],
  isWrong: (imported: string, file: SourceFile) => boolean,
): readonly string[] {
  return files.flatMap((file) =>
    file.imports.filter((each) => isWrong(each, file)).map((each) => `${file.name} -> ${each}`),
  );
}

describe('the house', () => {
  test('every folder of the server has its floor', () => {
    const rooms = readdirSync(path.join(root, 'server/src'));
    expect(rooms.filter((room) => !floors.flat().includes(room))).toEqual([]);
  });

  test('a folder stands only on the floors below it', () => {
    const wrong = offenders(server, (imported, file) => {
      if (!imported.startsWith('server/src/')) return false;
      const own = floorOf(file.name);
      const other = floorOf(imported);
      return other.room !== own.room && other.level >= own.level;
    });
    expect(wrong).toEqual([]);
  });

  test('a source file of more than 250 lines is data', () => {
    const long = [...server, ...client].filter(({ text }) => text.split('\n').length > 251).map(({ name }) => name);
    expect(long.filter((name) => !['server/src/settings/code-pages.ts'].includes(name))).toEqual([]);
  });

  test('nothing in the repository calls a folder utils, or a file by no name of the field', () => {
    const names = [...server, ...client].map(({ name }) => name);
    expect(names.filter((name) => /\b(?:utils?|helpers?|misc|common|shared)\b/.test(name))).toEqual([]);
  });
});

describe('invariant 2: below the entry points no file system, clock, environment or network', () => {
  /** Node's own network, handed in by the entry points. */
  const handedIn = ['network', 'errors', 'kerberos', 'tls', 'certificates', 'identity'].map(
    (part) => `server/src/smtp/node-${part}.ts`,
  );
  const below = server.filter(({ name }) => floorOf(name).level < floors.findIndex((rooms) => rooms.includes('inbox')));
  const core = below.filter(({ name }) => !handedIn.includes(name));

  test('no module of Node', () => {
    const wrong = offenders(
      core,
      (imported) => imported.startsWith('node:') || /^(?:fs|net|tls|os|path|child_process)$/.test(imported),
    );
    expect(wrong).toEqual([]);
  });

  test('no clock, no environment, no console', () => {
    const banned =
      /\bDate\.now\(|\bnew Date\(\)|\bperformance\.|\bprocess\.|\bsetTimeout\(|\bsetInterval\(|\bconsole\.|\bMath\.random\(/;
    expect(core.filter(({ text }) => banned.test(text)).map(({ name }) => name)).toEqual([]);
  });

  test.each(['network', 'kerberos'])("Node's %s is loaded by the entry points alone", (what) => {
    const users = server.filter(({ imports }) => imports.includes(`server/src/smtp/node-${what}.ts`));
    expect(users.map(({ name }) => name)).toEqual(['server/src/node/test-email.ts']);
  });
});

describe('invariant 3: who may know what', () => {
  test('only lsp/ knows LSP', () => {
    const wrong = offenders(
      server,
      (imported, { name }) => imported.startsWith('vscode-languageserver') && !name.startsWith('server/src/lsp/'),
    );
    expect(wrong).toEqual([]);
  });

  test('only client/ knows VS Code, and of the server it knows lsp/protocol.ts alone', () => {
    expect(
      offenders(server, (imported) => imported === 'vscode' || imported.startsWith('vscode-languageclient')),
    ).toEqual([]);
    const known = 'server/src/lsp/protocol.ts';
    expect(offenders(client, (imported) => imported.startsWith('server/') && imported !== known)).toEqual([]);
  });

  test('only smtp/ and the inbox know nodemailer and sockets', () => {
    const wrong = offenders(
      server,
      (imported, { name }) =>
        /^(?:nodemailer|smtp-server|node:net|node:tls|node:dns)/.test(imported) &&
        !/^server\/src\/(?:smtp|inbox)\//.test(name),
    );
    expect(wrong).toEqual([]);
  });

  test('the protocol stands on nothing', () => {
    const parts = server.filter(({ name }) => /^server\/src\/lsp\/protocol(?:-\w+)?\.ts$/.test(name));
    expect(parts).toHaveLength(2);
    expect(parts.flatMap(({ imports }) => imports)).toEqual(['server/src/lsp/protocol-files.ts']);
  });
});

describe('invariant 9: a secret is a type', () => {
  test('its text is asked for only where it goes to the wire, to redaction, or opens a key file', () => {
    const callers = server.filter(({ text }) => /\.reveal\(/.test(text)).map(({ name }) => name);
    expect(callers).toEqual(secretReaders);
  });

  const secretReaders = [
    'server/src/certificates/pfx-crypto.ts',
    'server/src/smtp/mechanisms/login.ts',
    'server/src/smtp/mechanisms/ntlm/responses.ts',
    'server/src/smtp/node-identity.ts',
    'server/src/smtp/node-kerberos.ts',
    'server/src/smtp/redact.ts',
  ];
});

describe('what is published', () => {
  test('no telemetry, and no network package but those of test emails', () => {
    const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(JSON.stringify(manifest)).not.toMatch(/telemetry|applicationinsights/i);
  });
});
