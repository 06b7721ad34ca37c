import type { CertificateFacts } from '../certificates/facts.ts';
import type { CertificateReading } from '../certificates/reading.ts';
import type { Knowledge, ReportDetails } from '../lint/rule.ts';
import type { Certificate, FarmEmail, Stated, StatedList } from '../settings/model.ts';
import { statedSettings } from './stated-settings.ts';

/** A place where settings name a certificate as their client certificate. */
export interface Use {
  /** Whose settings they are. */
  readonly name: string;
  readonly at: Stated<string | null>;
}

/** A certificate that some settings use. */
export interface UsedCertificate {
  readonly certificate: Certificate;
  readonly uses: readonly Use[];
  readonly reading: CertificateReading | undefined;
  /** What the file says of the certificate itself; undefined where it was not read. */
  readonly leaf: CertificateFacts | undefined;
}

/** A fact of a certificate, and the line it stands on. */
export interface Fact<T> {
  readonly value: T;
  readonly at: Stated<unknown>;
}

/** The certificates that the settings of the farm or of a web application use: those alone are judged. */
export function usedCertificates(file: FarmEmail, read: Knowledge['certificate']): readonly UsedCertificate[] {
  const uses = usesOf(file);
  return file.common.certificates.flatMap((certificate) => {
    const { name } = certificate;
    const users = name.value === undefined ? undefined : uses.get(name.value);
    if (users === undefined) return [];
    const reading = read(certificate);
    const leaf = reading?.kind === 'read' ? reading.certificates[0] : undefined;
    return [{ certificate, uses: users, reading, leaf }];
  });
}

const known = new WeakMap<FarmEmail, ReadonlyMap<string, readonly Use[]>>();

/** Where settings name a client certificate, by its name. */
export function usesOf(file: FarmEmail): ReadonlyMap<string, readonly Use[]> {
  const before = known.get(file);
  if (before !== undefined) return before;
  const uses = new Map<string, Use[]>();
  for (const { name, outgoingEmail } of statedSettings(file)) {
    const at = outgoingEmail.clientCertificate;
    if (at?.value === undefined || at.value === null) continue;
    const sameName = uses.get(at.value);
    if (sameName === undefined) uses.set(at.value, [{ name, at }]);
    else sameName.push({ name, at });
  }
  known.set(file, uses);
  return uses;
}

/**
 * What is true of a certificate: what its file says where it was read, else what is declared. It stands on the declared
 * value where that says the same, else on `path`.
 */
export function factOf<T>(
  { certificate: { path }, leaf }: UsedCertificate,
  inFile: (leaf: CertificateFacts) => T | undefined,
  declared: Stated<T> | undefined,
): Fact<T> | undefined {
  const read = leaf && inFile(leaf);
  if (leaf === undefined || read === undefined) {
    return declared?.value === undefined ? undefined : { value: declared.value, at: declared };
  }
  const at = declared?.value === read ? declared : path;
  return at && { value: read, at };
}

const shownUses = 5;

/** Who uses it, as related places. */
export function usesAsRelated({ uses }: UsedCertificate): NonNullable<ReportDetails['related']> {
  return uses.slice(0, shownUses).map(({ name, at }) => ({ message: `${name} uses it`, at }));
}

/** What a certificate may be used for; undefined where everything is allowed or nothing is known. */
export function usageOf(
  { certificate: { path }, leaf }: UsedCertificate,
  inFile: (leaf: CertificateFacts) => readonly string[] | undefined,
  declared: StatedList | undefined,
): Fact<readonly string[]> | undefined {
  if (leaf !== undefined) {
    const value = inFile(leaf);
    return value === undefined || path === undefined ? undefined : { value, at: path };
  }
  if (declared === undefined || !declared.isKnown || declared.value === undefined || declared.value.length === 0) {
    return undefined;
  }
  return { value: declared.value.map(({ value = '' }) => value), at: declared };
}

/** The last day of a certificate, and of its file where that was read; undefined for a text that is no day. */
export function dayOfExpiry({ certificate: { path, notAfter }, leaf }: UsedCertificate): Fact<Date> | undefined {
  const declared = dayOf(notAfter?.value);
  if (leaf === undefined) return declared && notAfter && { value: declared, at: notAfter };
  const isSame = declared?.toISOString().slice(0, 10) === leaf.notAfter.toISOString().slice(0, 10);
  const at = isSame ? notAfter : path;
  return at && { value: leaf.notAfter, at };
}

/** `2027-05-01`, or a date and time of ISO 8601; undefined for anything else. */
export function dayOf(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text)) return undefined;
  const day = new Date(text);
  const isReal =
    !Number.isNaN(day.getTime()) && new Date(text.slice(0, 10)).toISOString().startsWith(text.slice(0, 10));
  return isReal ? day : undefined;
}

/** The names, in lower case, that certificates are said to be issued by: whole, and the common name alone. */
export function issuerNames(certificates: readonly Certificate[]): ReadonlySet<string> {
  return new Set(certificates.flatMap(({ issuer }) => (issuer?.value === undefined ? [] : namesIn(issuer.value))));
}

/** The authorities at hand: certificates by their names here and by what their files say. */
export function issuersOf(
  certificates: readonly Certificate[],
  read: Knowledge['certificate'],
): { has(issuer: string): boolean } {
  const names = new Set<string>();
  for (const certificate of certificates) {
    if (certificate.name.value !== undefined) names.add(certificate.name.value.toLowerCase());
    const reading = read(certificate);
    if (reading?.kind !== 'read') continue;
    for (const { subject } of reading.certificates) names.add(subject.toLowerCase());
  }
  return { has: (issuer) => namesIn(issuer).some((name) => names.has(name)) };
}

/** A distinguished name in lower case, and its common name where it has one. */
export function namesIn(distinguishedName: string): readonly string[] {
  const whole = distinguishedName.trim().toLowerCase();
  const common = /(?:^|[,;])\s*cn\s*=\s*("?)([^,;"]+)\1\s*(?:[,;]|$)/.exec(whole.slice(0, 1000))?.[2]?.trim();
  return common === undefined ? [whole] : [whole, common];
}

const byName = new WeakMap<readonly Certificate[], ReadonlyMap<string, Certificate>>();

/** The certificate of a name; of two the first. */
export function certificateNamed(certificates: readonly Certificate[], name: string): Certificate | undefined {
  let names = byName.get(certificates);
  if (names === undefined) {
    names = new Map([...certificates].reverse().map((each) => [each.name.value ?? '', each]));
    byName.set(certificates, names);
  }
  return names.get(name);
}
