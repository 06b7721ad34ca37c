import fc from 'fast-check';
import MarkdownIt, { type Token } from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { explain } from '../../server/src/smtp/explain.ts';
import { observationsOf } from '../../server/src/smtp/observations.ts';
import { renderMarkdown } from '../../server/src/smtp/report/markdown.ts';
import { code, prose } from '../../server/src/smtp/report/prose.ts';
import { type Reported, reportOf } from '../../server/src/smtp/report/report.ts';
import { attempted, certificate, factsOf, note, plans, secured, testedOf } from './facts.ts';

/** As careless as a page can be: HTML counts, and links are found in plain text. */
const page = new MarkdownIt({ html: true, linkify: true });

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<!-- a comment -->',
  '<https://evil.example>',
  '[click](https://evil.example)',
  '![picture](https://evil.example/p.png)',
  '[click]: https://evil.example',
  'https://evil.example www.evil.example evil.example',
  'evil@evil.example @octocat #1 GH-1 PROJECT-12 deadbeef 0123abc',
  '**bold** __bold__ *slanted* _slanted_ ~~gone~~',
  '# heading',
  '1. item',
  '1) item',
  '- item',
  '+ item',
  '> quoted',
  '---',
  '===',
  '***',
  '| a | b |',
  '\\| a \\\\| b',
  'a\\',
  '`code` ``more`` ``` ~~~',
  '``````',
  '` ',
  '` a `',
  '&lt;b&gt; &amp; &#42;&#42;x&#42;&#42;',
  '“quoted” ” “ “”',
  '“a`b” “`” “[x](https://evil.example)”',
  '$x$ :smile: ^up^ ==marked== [^1] [ ] {{x}} ${x}',
  '(https://evil.example) "https://evil.example", ‘@octocat’.',
];

/** What our own Markdown is made of; anything else came from outside. */
const expected = new Set([
  ...['heading', 'paragraph', 'bullet_list', 'ordered_list', 'list_item'].flatMap((name) => [
    `${name}_open`,
    `${name}_close`,
  ]),
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'strong'].flatMap((name) => [`${name}_open`, `${name}_close`]),
  'inline',
  'text',
  'code_inline',
  'fence',
]);

function flat(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token) => [token, ...flat(token.children ?? [])]);
}

/** What is left of a text when it is read as Markdown. */
function read(markdown: string): {
  readonly types: ReadonlySet<string>;
  readonly content: string;
  readonly open: string;
} {
  const tokens = flat(page.parse(markdown, {}));
  const leaves = tokens.filter(({ type }) => ['text', 'code_inline', 'fence'].includes(type));
  return {
    types: new Set(tokens.map(({ type }) => type)),
    content: leaves.map(({ content }) => content).join(''),
    open: leaves
      .filter(({ type }) => type === 'text')
      .map(({ content }) => content)
      .join('\0'),
  };
}

const withoutSpaces = (text: string) => text.replace(/\s+/g, '');

/** Everything a server, a file or a computer may name, with this text in it. */
function reportedWith(text: string): Reported {
  const failure = { kind: 'reply', reply: { code: 554, enhanced: undefined, text } } as const;
  const facts = { ...certificate, subject: text, names: [text, text], issuer: text, key: text };
  const named = { name: text, path: text, password: undefined };
  const plan = {
    ...plans.withLogin,
    title: text,
    computer: text,
    clientCertificate: named,
    login: { ...plans.withLogin.login, mechanisms: [], password: 'throwaway', userName: text },
    settings: [{ name: 'smtpServer', value: text, origin: 'farm' }],
  } as const;
  const tested = testedOf(
    {
      outcome: 'failed',
      stopped: { step: 'DATA', failure },
      tls: secured('askedAndNone', { ...facts, chain: [{ subject: text, validTo: facts.validTo }] }),
      logins: [attempted('GSSAPI', failure, 'NTLM'), attempted('LOGIN', failure)],
      offered: { startTls: true, beforeTls: [text, 'LOGIN'], afterTls: [text, 'GSSAPI'] },
      probes: [
        { question: 'outsideRecipient', address: 'a@b.c', verdict: 'refused', at: 'RCPT TO', reply: failure.reply },
        { question: 'otherSender', address: 'a@b.c', verdict: 'later', at: 'MAIL FROM', reply: failure.reply },
      ],
      conversation: [note(`Kerberos: ${text}`), { at: 3, from: 'server', text }, { at: 4, from: 'client', text }],
    },
    {
      plan,
      ports: [
        {
          port: 25,
          stopped: { step: 'EHLO', failure },
          offered: { startTls: true, beforeTls: [text], afterTls: undefined },
          order: [],
        },
        { port: 587, stopped: undefined, offered: { startTls: true, beforeTls: [text], afterTls: [text] }, order: [] },
      ],
      message: { lost: [...text] },
    },
  );
  const explanation = explain(factsOf({ ...tested.result, step: 'DATA', failure, plan }));
  return { ...tested, explanation, observations: observationsOf(tested) };
}

function expectInert(text: string): void {
  const input = reportedWith(text);
  const report = reportOf(input);
  const markdown = renderMarkdown(report);
  const tokens = page.parse(markdown, {});
  const { types, content, open } = read(markdown);
  expect([...types].filter((type) => !expected.has(type))).toEqual([]);
  const count = (type: string) => flat(tokens).filter((token) => token.type === type).length;
  expect(count('heading_open')).toBe(report.sections.length + 1);
  expect(count('strong_open')).toBe(input.observations.length);
  expect(count('fence')).toBe(1);
  expect(withoutSpaces(content)).toContain(withoutSpaces(text));
  // What pages look for besides Markdown: people, issues, addresses, shortcuts.
  expect(open).not.toMatch(/[@#$<\\`*_~^={}[\]]|:\/\/|www\.|\p{L}\.\p{L}|:\p{L}/u);
}

describe('no text from outside is Markdown, HTML or a link in a report', () => {
  test.each(hostile)('%s', (text) => expectInert(text));

  test('nor is any mixture of them', () => {
    const piece = fc.oneof(fc.constantFrom(...hostile), fc.constantFrom(...'`|\\*_~#<>[]()!“”&:;@./ -1a'));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const text = pieces.join('').trim();
        if (text !== '') expectInert(text);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a cell of a table', () => {
  const cellsOf = (row: string) =>
    flat(page.parse(`| a | b |\n| --- | --- |\n${row}\n`, {})).filter(({ type }) => type === 'td_open');

  test.each(hostile)('stays one: %s', (text) => {
    const row = `| ${prose(text, 'cell')} | ${code(text, 'cell')} |`;
    expect(cellsOf(row)).toHaveLength(2);
    expect(read(`| a |\n| --- |\n${row}`).types).not.toContain('link_open');
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(3);
  });
});

describe('our own words', () => {
  test('stay as they are', () => {
    const sentence = 'The server’s certificate ended: have it renewed, and try again in 5 minutes (or later).';
    expect(prose(sentence)).toBe(sentence);
  });

  test('have codes, names and what a server said as code', () => {
    expect(prose('smtp.contoso.com, port 587: “535 5.7.8 No `way`”.')).toBe(
      '`smtp.contoso.com`, port 587: “`` 535 5.7.8 No `way` ``”.',
    );
  });
});
