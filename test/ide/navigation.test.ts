import { describe, expect, test } from 'vitest';
import { type Analysis, analyse, noSurroundings } from '../../server/src/analysis.ts';
import { type Offsets, rangeBetween } from '../../server/src/document/places.ts';
import { foldsOf } from '../../server/src/ide/folding.ts';
import { inlayHintsOf } from '../../server/src/ide/inlay-hints.ts';
import { linksOf } from '../../server/src/ide/links.ts';
import { nameAt, renameAt } from '../../server/src/ide/names.ts';
import { selectionsAt } from '../../server/src/ide/selection.ts';
import { type OutlineSymbol, symbolsOf } from '../../server/src/ide/symbols.ts';
import { applyEdits } from '../../server/src/text/position.ts';
import { halfTyped, samples } from './everywhere.ts';

const farm = `version: 1
# The farm
# of Contoso
farm:
  sharePointVersion: SubscriptionEdition
  centralAdministration: https://ca.contoso.com:2016/
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 587
    useTls: true
    authentication: { userName: svc@contoso.com, password: Summer2026! }
    clientCertificate: "smtp-client"
webApplications:
  - name: Portal
    url: https://portal.contoso.com/
    outgoingEmail:
      clientCertificate: smtp-client
  - url: https://projects.contoso.com/
    name: Projects
certificates:
  - name: smtp-client
    path: certs/smtp-client.pfx
    password: \${env:FARM_EMAIL_PFX}
  - name: other
    path: '\\\\evil\\share\\x.pfx'
mailServers:
  - host: SMTP.contoso.com.
    kind: exchange
`;
const analysis = analyse('yaml', farm, noSurroundings);

function textAt({ start, end }: Offsets, text = farm): string {
  return text.slice(start, end);
}

function at(found: string): number {
  const offset = farm.indexOf(found);
  expect(offset, found).toBeGreaterThan(-1);
  return offset;
}

function flat(symbols: readonly OutlineSymbol[], depth = 0): string[] {
  return symbols.flatMap(({ name, detail, children }) => [
    `${'  '.repeat(depth)}${name}${detail === '' ? '' : `: ${detail}`}`,
    ...flat(children, depth + 1),
  ]);
}

describe('symbols', () => {
  test('are called as people call them, and no secret is among them', () => {
    expect(flat(symbolsOf(analysis.document))).toEqual([
      'version: 1',
      'farm',
      '  sharePointVersion: SubscriptionEdition',
      '  centralAdministration: https://ca.contoso.com:2016/',
      '  outgoingEmail',
      '    smtpServer: smtp.contoso.com',
      '    smtpPort: 587',
      '    useTls: true',
      '    authentication',
      '      userName: svc@contoso.com',
      '      password',
      '    clientCertificate: smtp-client',
      'webApplications',
      '  Portal: https://portal.contoso.com/',
      '    name: Portal',
      '    url: https://portal.contoso.com/',
      '    outgoingEmail',
      '      clientCertificate: smtp-client',
      '  Projects: https://projects.contoso.com/',
      '    url: https://projects.contoso.com/',
      '    name: Projects',
      'certificates',
      '  smtp-client',
      '    name: smtp-client',
      '    path: certs/smtp-client.pfx',
      '    password: ${env:FARM_EMAIL_PFX}',
      '  other',
      '    name: other',
      '    path: \\\\evil\\share\\x.pfx',
      'mailServers',
      '  SMTP.contoso.com.: exchange',
      '    host: SMTP.contoso.com.',
      '    kind: exchange',
    ]);
  });

  const all = [...samples(), ...halfTyped()];
  test.each(all)('of $name lie within those around them', ({ analysis: { document } }) => {
    const visit = (symbols: readonly OutlineSymbol[], outer: Offsets): void => {
      for (const { name, extent, at: place, children } of symbols) {
        expect(name).not.toBe('');
        expect(extent.start).toBeGreaterThanOrEqual(outer.start);
        expect(extent.end).toBeLessThanOrEqual(outer.end);
        expect(place.start).toBeGreaterThanOrEqual(extent.start);
        expect(place.end).toBeLessThanOrEqual(extent.end);
        visit(children, extent);
      }
    };
    visit(symbolsOf(document), { start: 0, end: document.length });
  });
});

describe('folding', () => {
  test('mappings, items and comments', () => {
    const lines = farm.split('\n');
    const folds = foldsOf(analysis.document).map(({ start, end }) => [lines[start]?.trim(), lines[end]?.trim()]);
    expect(folds).toContainEqual(['# The farm', '# of Contoso']);
    expect(folds).toContainEqual(['farm:', 'clientCertificate: "smtp-client"']);
    expect(folds).toContainEqual(['webApplications:', 'name: Projects']);
    expect(folds).toContainEqual(['- name: Portal', 'clientCertificate: smtp-client']);
  });

  test('in JSON the closing bracket stays in sight', () => {
    const { document } = analyse('json', '{\n  "farm": {\n    "name": "x"\n  }\n}\n', noSurroundings);
    expect(foldsOf(document)).toContainEqual({ start: 1, end: 2, kind: 'region' });
  });

  test.each([...samples(), ...halfTyped()])('of $name are lines of the file', ({ analysis: { document }, text }) => {
    const lines = text.split(/\r\n|\r|\n/).length;
    for (const { start, end } of foldsOf(document)) {
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThan(lines);
    }
  });
});

describe('selection', () => {
  test('grows from the word to the file', () => {
    const offset = at('contoso.com, password');
    const texts = selectionsAt(analysis.document, offset).map((each) => textAt(each));
    expect(texts.slice(0, 5)).toEqual([
      'contoso',
      'contoso.com',
      'svc@contoso.com',
      'userName: svc@contoso.com',
      '{ userName: svc@contoso.com, password: Summer2026! }',
    ]);
    expect(texts.at(-1)).toBe(farm);
    expect(texts).toContainEqual(expect.stringMatching(/^outgoingEmail:/));
    expect(texts).toContainEqual(expect.stringMatching(/^farm:/));
  });

  test('of an item holds its list', () => {
    const texts = selectionsAt(analysis.document, at('Portal')).map((each) => textAt(each));
    expect(texts).toContainEqual(expect.stringMatching(/^webApplications:[\s\S]*Projects$/));
  });

  test.each([...samples(), ...halfTyped()])('grows everywhere in $name', ({ analysis: { document }, text }) => {
    for (let offset = 0; offset <= text.length; offset += 3) {
      const growing = selectionsAt(document, offset);
      growing.forEach((each, i) => {
        const outer = growing[i + 1];
        expect(each.start <= offset && offset <= each.end).toBe(true);
        if (outer === undefined) return;
        expect(outer.start <= each.start && outer.end >= each.end).toBe(true);
        expect(outer.end - outer.start).toBeGreaterThan(each.end - each.start);
      });
    }
  });
});

describe('links', () => {
  test('lead to files of certificates and to URLs, and never to another computer', () => {
    expect(linksOf(analysis).map(({ at: place, to }) => [textAt(place), to.kind])).toEqual([
      ['https://ca.contoso.com:2016/', 'url'],
      ['https://portal.contoso.com/', 'url'],
      ['https://projects.contoso.com/', 'url'],
      ['certs/smtp-client.pfx', 'file'],
    ]);
  });

  test.each([
    '\\\\server\\share\\a.pfx',
    '//server/share/a.pfx',
    'file://server/a.pfx',
    'command:x',
    'C:\\a.pfx',
    '/etc/a.pfx',
  ])('not to %s', (path) => {
    const text = JSON.stringify({ version: 1, farm: {}, certificates: [{ name: 'a', path }], $schema: path });
    expect(linksOf(analyse('json', text, noSurroundings))).toEqual([]);
  });
});

describe('names', () => {
  test('a certificate: where it is listed, and who uses it', () => {
    for (const place of ['"smtp-client"', 'smtp-client\n  - url', 'smtp-client\n    path']) {
      const name = nameAt(analysis, at(place) + 3);
      expect(name?.definitions.map((each) => textAt(each))).toEqual(['smtp-client']);
      expect(name?.uses.map((each) => textAt(each))).toEqual(['"smtp-client"', 'smtp-client']);
    }
  });

  test('a mail server, however its host is written', () => {
    const name = nameAt(analysis, at('smtp.contoso.com\n'));
    expect(name?.definitions.map((each) => textAt(each))).toEqual(['SMTP.contoso.com.']);
    expect(name?.uses.map((each) => textAt(each))).toEqual(['smtp.contoso.com']);
  });

  test('no name elsewhere', () => {
    expect(nameAt(analysis, at('587'))).toBeUndefined();
    expect(nameAt(analysis, at('Portal'))).toBeUndefined();
  });

  test('a rename reaches every use and keeps its quotes', () => {
    const edits = renameAt(analysis, at('smtp-client\n    path'), 'relay: 2027');
    const renamed = applyEdits(farm, edits as Exclude<typeof edits, string | undefined>);
    expect(renamed).toContain('clientCertificate: "relay: 2027"');
    expect(renamed).toContain('  - name: "relay: 2027"\n    path: certs/smtp-client.pfx');
    expect(renamed.match(/relay: 2027/g)).toHaveLength(3);
    const ids = ({ findings }: Analysis): string[] => findings.map(({ rule }) => rule);
    expect(ids(analyse('yaml', renamed, noSurroundings))).toEqual(ids(analysis));
  });

  test.each([
    ['other', 'Another certificate is called other already.'],
    ['  ', 'A certificate needs a name.'],
    ['a\nb', 'The name of a certificate is one line of text.'],
  ])('no rename to %j', (name, reason) => {
    expect(renameAt(analysis, at('smtp-client\n    path'), name)).toBe(reason);
  });

  test.each(samples())(
    'in $name each definition is among the references of each of its uses',
    ({ analysis: file, text }) => {
      for (let offset = 0; offset <= text.length; offset++) {
        const name = nameAt(file, offset);
        if (name === undefined) continue;
        for (const place of [...name.definitions, ...name.uses]) {
          const there = nameAt(file, place.start);
          expect(there?.definitions).toEqual(name.definitions);
          expect(there?.uses).toEqual(name.uses);
        }
      }
    },
  );
});

describe('inlay hints', () => {
  test('say what a web application inherits, where its own settings begin', () => {
    const hints = inlayHintsOf(analysis, 0, farm.length);
    expect(hints.map((hint) => rangeBetween(analysis.document, { start: hint.at, end: hint.at }).start.line)).toEqual([
      15, 17,
    ]);
    expect(hints[0]?.text).toBe(
      'smtpServer: smtp.contoso.com · smtpPort: 587 · useTls: true · authentication: svc@contoso.com',
    );
    expect(hints[1]?.tooltip).toContain('| clientCertificate | `smtp-client` |');
  });

  test.each(halfTyped())('stand in $name', ({ analysis: file, text }) => {
    for (const { at: place } of inlayHintsOf(file, 0, text.length)) expect(place).toBeLessThanOrEqual(text.length);
  });
});
