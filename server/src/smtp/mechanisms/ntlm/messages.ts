import { joinBytes } from '../../../certificates/der.ts';
import { signature } from './challenge.ts';
import { askedFlags } from './flags.ts';
import { type NtlmUser, utf16 } from './names.ts';

/** VERSION (MS-NLMP, section 2.2.2.10) of Windows Server 2019, on which SharePoint runs: 10.0, build 17763, NTLM 15. */
const version = Uint8Array.of(10, 0, 0x63, 0x45, 0, 0, 0, 15);

/** Where the MIC stands in an AUTHENTICATE. */
export const micOffset = 72;
const micLength = 16;

/** The first message (MS-NLMP, section 2.2.1.1). It names nobody. */
export function negotiateMessage(): Uint8Array<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(24));
  head.setUint32(0, 1, true);
  head.setUint32(4, askedFlags, true);
  return joinBytes([signature, new Uint8Array(head.buffer), version]);
}

export interface Authenticate {
  readonly flags: number;
  readonly user: NtlmUser;
  readonly workstation: string;
  readonly lmResponse: Uint8Array;
  readonly ntResponse: Uint8Array;
  /** Empty without key exchange. */
  readonly encryptedKey: Uint8Array;
}

/** The third message (MS-NLMP, section 2.2.1.3), with zeros where the MIC goes. */
export function authenticateMessage(parts: Authenticate): Uint8Array<ArrayBuffer> {
  const domain = utf16(parts.user.domain);
  const name = utf16(parts.user.name);
  const workstation = utf16(parts.workstation);
  const { lmResponse, ntResponse, encryptedKey } = parts;
  const payload = [domain, name, workstation, lmResponse, ntResponse, encryptedKey];
  const fields = [lmResponse, ntResponse, domain, name, workstation, encryptedKey];

  const head = new DataView(new ArrayBuffer(56));
  head.setUint32(0, 3, true);
  fields.forEach((field, i) => {
    const before = payload.slice(0, payload.indexOf(field)).reduce((sum, { length }) => sum + length, 0);
    head.setUint16(4 + 8 * i, field.length, true);
    head.setUint16(6 + 8 * i, field.length, true);
    head.setUint32(8 + 8 * i, micOffset + micLength + before, true);
  });
  head.setUint32(52, parts.flags, true);
  return joinBytes([signature, new Uint8Array(head.buffer), version, new Uint8Array(micLength), ...payload]);
}
