import { expect, test } from 'vitest';
import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import { pointerOf } from '../../server/src/document/places.ts';

test('a mistake that aliases repeat is underlined once, where it is written', () => {
  const text = `version: 1
farm:
  sharePointVersion: 2016
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
webApplications:
  - &portal
    url: https://portal.contoso.com/
    outgoingEmail: &mail { smtpPort: 465 }
  - url: https://projects.contoso.com/
    outgoingEmail: *mail
  - <<: *portal
    url: https://other.contoso.com/
`;
  const { document, findings } = analyse('yaml', text, noSurroundings);
  expect(findings.map(({ rule }) => rule)).toEqual(['port-implicit-tls']);
  const nodes = findings.flatMap(({ node, copies = [] }) => (node === undefined ? [] : [node, ...copies]));
  expect(nodes.map((node) => pointerOf(document, node))).toEqual(
    [0, 1, 2].map((index) => `/webApplications/${index}/outgoingEmail/smtpPort`),
  );
});
