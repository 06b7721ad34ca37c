import { describe, expect, test } from 'vitest';
import { type Analysis, analyse, analyseAgain, analyseEdits, noSurroundings } from '../../server/src/analysis.ts';
import type { Node } from '../../server/src/document/node.ts';
import { pointerOf } from '../../server/src/document/places.ts';
import {
  type Configuration,
  configurationFor,
  type Ignore,
  noConfiguration,
  rulesInForce,
} from '../../server/src/lint/configuration.ts';
import { globOf } from '../../server/src/lint/glob.ts';
import { rules } from '../../server/src/rules/registry.ts';

const text = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail: &settings
    smtpServer: smtp.contoso.com
    smtpPort: 465
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
    colour: red
webApplications:
  - url: https://portal.contoso.com/
    outgoingEmail:
      smtpPort: 465
      smtpServer: mail.contoso.com
  - url: https://teams.contoso.com/
    outgoingEmail:
      smtpServer: '@@MAIL@@'
`;
const somewhere = { kind: 'scalar' } as unknown as Node;

function ignore(entry: Partial<Ignore>): Ignore {
  return { files: undefined, pointer: undefined, rules: [], reason: 'Accepted', node: somewhere, ...entry };
}

function under(configuration: Partial<Configuration>, source = text): Analysis {
  return analyse('yaml', source, { ...noSurroundings, configuration: { ...noConfiguration, ...configuration } });
}

function told({ document, findings }: Analysis): readonly string[] {
  return findings.map(
    ({ rule, severity, node }) => `${severity} ${rule} ${node === undefined ? '' : pointerOf(document, node)}`,
  );
}

const farmPort = 'error port-implicit-tls /farm/outgoingEmail/smtpPort';
const portalPort = 'error port-implicit-tls /webApplications/0/outgoingEmail/smtpPort';
const repeated = 'hint override-equals-farm /webApplications/0/outgoingEmail/smtpPort';
const colour = 'error schema/unknown-key /farm/outgoingEmail/colour';
const teamsServer = 'error smtp-server-not-a-host /webApplications/1/outgoingEmail/smtpServer';
const all = [farmPort, colour, repeated, portalPort, teamsServer];

test('without a configuration all of it is found', () => expect(told(under({}))).toEqual(all));

describe('severities', () => {
  test('a rule has the severity it is given', () => {
    const severities = new Map([['port-implicit-tls', 'hint' as const]]);
    expect(told(under({ severities }))).toEqual([
      farmPort.replace('error', 'hint'),
      colour,
      repeated,
      portalPort.replace('error', 'hint'),
      teamsServer,
    ]);
  });

  test('a rule that is off does not run', () => {
    const configuration = { ...noConfiguration, severities: new Map([['port-implicit-tls', 'off' as const]]) };
    const on = rulesInForce(rules, configuration);
    expect(on.map(({ id }) => id)).toEqual(rules.map(({ id }) => id).filter((id) => id !== 'port-implicit-tls'));
    expect(rulesInForce(rules, configuration)).toBe(on);
    expect(rulesInForce(rules, noConfiguration)).toBe(rules);
    expect(told(under(configuration))).toEqual([colour, repeated, teamsServer]);
  });
});

describe('ignores', () => {
  test('a pointer covers what lies below it, and nothing beside it', () => {
    const some = (pointer: string): readonly string[] =>
      told(under({ ignores: [ignore({ pointer, rules: ['port-implicit-tls'] })] }));
    expect(some('/webApplications/0')).toEqual([farmPort, colour, repeated, teamsServer]);
    expect(some('/farm/outgoingEmail/smtpPort')).toEqual([colour, repeated, portalPort, teamsServer]);
    expect(some('')).toEqual([colour, repeated, teamsServer]);
    expect(some('/webApplications/0/outgoingEmail/smtpPor')).toEqual(all);
    expect(some('/web')).toEqual(all);
  });

  test('what is ignored is kept, with the reason', () => {
    const entry = ignore({ rules: ['schema/unknown-key'], reason: 'Read by another tool' });
    const { suppressed } = under({ ignores: [entry] });
    expect(suppressed.map(({ finding, reason, at }) => [finding.rule, reason, at])).toEqual([
      ['schema/unknown-key', 'Read by another tool', somewhere],
    ]);
  });

  test('syntax cannot be ignored', () => {
    const broken = under(
      { ignores: [ignore({ rules: ['syntax/bad-indent', 'syntax/duplicate-key'] })] },
      `${text}farm: {}\n`,
    );
    expect(told(broken)).toContain('error syntax/duplicate-key ');
  });

  test('what an alias repeats is ignored where all its places are', () => {
    const repeated = `${text}  - url: https://old.contoso.com/\n    outgoingEmail: *settings\n`;
    const some = (...pointers: readonly string[]): readonly string[] =>
      told(under({ ignores: pointers.map((pointer) => ignore({ pointer, rules: ['schema/unknown-key'] })) }, repeated));
    expect(some('/farm')).toContain(colour);
    expect(some('/webApplications/2')).toContain(colour);
    expect(some('/farm', '/webApplications/2')).not.toContain(colour);
  });

  test('the nearest entry counts, and all that an alias needs are known', () => {
    const repeated = `${text}  - url: https://old.contoso.com/\n    outgoingEmail: *settings\n`;
    const entry = (pointer: string): Ignore =>
      ignore({ pointer, rules: ['schema/unknown-key'], node: { kind: 'scalar', value: pointer } as unknown as Node });
    const entries = ['', '/webApplications/2', '/farm/outgoingEmail'].map(entry);
    const [accepted] = under({ ignores: entries }, repeated).suppressed;
    expect([accepted?.at, ...(accepted?.also ?? [])]).toEqual([entries[2]?.node, entries[1]?.node]);
  });

  test('thousands of findings and hundreds of entries take no time', () => {
    const web = Array.from({ length: 3000 }, (_, i) => `  - url: https://w${i}.contoso.com/\n    colour: red\n`).join(
      '',
    );
    const many = `${text}${web}`;
    const ignores = Array.from({ length: 500 }, (_, i) =>
      ignore({ pointer: `/webApplications/${i}`, rules: ['schema/unknown-key'] }),
    );
    const before = under({}, many);
    const began = performance.now();
    const { suppressed } = analyseAgain(before, {
      ...noSurroundings,
      configuration: { ...noConfiguration, ignores },
    });
    expect(suppressed).toHaveLength(498);
    expect(performance.now() - began).toBeLessThan(1500);
  });

  test('a glob is asked for the path of the file', () => {
    const legacy = ignore({ files: globOf('legacy/**'), rules: ['port-implicit-tls'] });
    const everywhere = ignore({ rules: ['port-implicit-tls'] });
    const configuration = { ...noConfiguration, ignores: [legacy, everywhere] };
    expect(configurationFor(configuration, 'legacy/farm-email.yaml')).toBe(configuration);
    expect(configurationFor(configuration, 'farm-email.yaml').ignores).toEqual([everywhere]);
    expect(configurationFor(configuration, undefined).ignores).toEqual([everywhere]);
  });
});

describe('placeholders', () => {
  const placeholders = [{ before: '@@', after: '@@' }];
  const surroundings = { ...noSurroundings, configuration: { ...noConfiguration, placeholders } };

  test('a value that holds one is unknown', () => {
    expect(told(under({ placeholders }))).toEqual([farmPort, colour, repeated, portalPort]);
  });

  test('a change of the configuration reads the document anew', () => {
    const before = analyse('yaml', text, noSurroundings);
    expect(told(analyseAgain(before, surroundings))).toEqual([farmPort, colour, repeated, portalPort]);
    const edited = analyseEdits(before, [() => ({ start: 0, end: 0, text: '# edited\n' })], surroundings);
    expect(told(edited)).toEqual([farmPort, colour, repeated, portalPort]);
    expect(told(analyseAgain(edited, noSurroundings))).toEqual(all);
  });

  test('alone in a secret it is a reference, beside other text it is not', () => {
    const secret = (value: string): string =>
      text.replace('authentication: anonymous', `authentication: { userName: 'CONTOSO\\svc', password: '${value}' }`);
    expect(told(under({ placeholders }, secret('@@PASSWORD@@'))).join()).not.toContain('secret-in-plain-text');
    expect(told(under({ placeholders }, secret('x@@PASSWORD@@'))).join()).toContain('secret-in-plain-text');
    expect(told(under({}, secret('@@PASSWORD@@'))).join()).toContain('secret-in-plain-text');
  });
});

describe('beside suppressions in comments', () => {
  const commented = text.replace('smtpPort: 465', 'smtpPort: 465 # farm-email-disable-line port-implicit-tls -- Soon');

  test('both are kept, by place', () => {
    const { suppressed } = under(
      { ignores: [ignore({ pointer: '/webApplications', rules: ['port-implicit-tls'], reason: 'Old' })] },
      commented,
    );
    expect(suppressed.map(({ reason }) => reason)).toEqual(['Soon', 'Old']);
  });

  test('a comment is not called unused where the configuration was there before it', () => {
    const unused = (configuration: Partial<Configuration>): boolean =>
      told(under(configuration, commented)).join().includes('suppression/');
    expect(unused({ severities: new Map([['port-implicit-tls', 'off']]) })).toBe(false);
    expect(unused({ ignores: [ignore({ rules: ['port-implicit-tls'] })] })).toBe(false);
  });
});
