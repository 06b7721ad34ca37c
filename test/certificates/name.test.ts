import { expect, test } from 'vitest';
import { isSameName } from '../../server/src/certificates/name.ts';

const windows = 'CN=Contoso Issuing CA, OU="Mail, SharePoint", S=Washington, E=pki@contoso.com, C=US';

test.each([
  ['C = US, ST = Washington, OU = "Mail, SharePoint", CN = Contoso Issuing CA, emailAddress = pki@contoso.com'],
  ['cn=contoso  issuing ca,ou=Mail\\, SharePoint,st=washington,email=pki@contoso.com,c=us'],
  ['CN=Contoso Issuing CA; C=US; OU="Mail, SharePoint"; S=Washington; E=pki@contoso.com;'],
])('the same name: %s', (written) => {
  expect(isSameName(windows, written)).toBe(true);
});

test.each([
  ['CN=Contoso Issuing CA'],
  ['CN=Contoso Issuing CA 2, OU="Mail, SharePoint", S=Washington, E=pki@contoso.com, C=US'],
  ['CN=Contoso Issuing CA, OU=Mail, OU=SharePoint, S=Washington, E=pki@contoso.com, C=US'],
  ['Contoso Issuing CA'],
  [''],
  ['"'],
  ['\\'],
])('another name: %s', (written) => {
  expect(isSameName(windows, written)).toBe(false);
});

test('a quote in a value', () => {
  expect(isSameName('O="The ""Mail"" Team"', 'O=The \\"Mail\\" Team')).toBe(true);
});
