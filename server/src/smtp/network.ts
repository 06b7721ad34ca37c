import type { Secret } from '../settings/secret.ts';

/**
 * What a session needs of the outside world, handed in so that nothing else of `smtp/` touches a socket, a name server
 * or a clock. `node-network.ts` is the one for Node. Whatever goes wrong is a value.
 */
export interface Network extends Clock {
  /** Asks once for the addresses of `host`, in the order in which they are to be tried. An IP address is its own answer. */
  resolve(host: string): Promise<Resolved>;
  /** Aborting `signal` destroys the socket, connected or not. */
  connect(target: {
    readonly address: string;
    readonly port: number;
    readonly signal: AbortSignal;
  }): Promise<Connected>;
}

export interface Clock {
  /** Milliseconds from an arbitrary start; never goes back. */
  now(): number;
  date(): Date;
  /** Calls back once after `milliseconds`; the function it returns calls that off. */
  after(milliseconds: number, callback: () => void): () => void;
}

export interface Connection {
  readonly address: string;
  readonly port: number;
  /** The next bytes, as soon as there are any. One call at a time. */
  read(): Promise<Incoming>;
  /** True where bytes have arrived that nobody has read. */
  hasUnread(): boolean;
  /** What becomes of the bytes shows at the next `read`. */
  write(bytes: Uint8Array): void;
  /** Turns the connection into a TLS connection, or ends it. After `untrusted` and `failed` no byte can be written. */
  startTls(wish: TlsWish): Promise<TlsAnswer>;
  destroy(): void;
}

export type NetworkCause =
  | 'nameNotFound'
  | 'nameServerFailed'
  | 'refused'
  | 'unreachable'
  | 'noAnswer'
  | 'reset'
  | 'other';

export interface NetworkFailure {
  readonly kind: 'network';
  readonly cause: NetworkCause;
  /** The system's own word for it, for example `ECONNREFUSED`. */
  readonly detail: string;
}

export type Resolved = { readonly kind: 'addresses'; readonly addresses: readonly string[] } | NetworkFailure;
export type Connected = { readonly kind: 'connected'; readonly connection: Connection } | NetworkFailure;
export type Incoming =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'closed' }
  | { readonly kind: 'tls'; readonly cause: TlsCause; readonly detail: string }
  | NetworkFailure;

export interface TlsWish {
  /** The host as configured: the certificate must be for this name or IP address, whatever it resolved to. */
  readonly host: string;
  /** PEM texts of authorities trusted besides those of this computer. */
  readonly authorities: readonly string[];
  /** Presented where the server asks for a client certificate. */
  readonly identity: ClientIdentity | undefined;
}

/** A client certificate with its private key, as it was read from a file. In memory only. */
export interface ClientIdentity {
  /** As the settings name it. */
  readonly name: string;
  /** The bytes of the file: PFX, or PEM that holds certificates and key. Overwritten with zeros by `wipe`. */
  readonly file: { readonly format: 'PFX' | 'PEM'; readonly bytes: Uint8Array };
  /** What the PFX or the encrypted key is opened with. */
  readonly password: Secret | undefined;
  /** Overwrites the key material. Called once, when the test is over. */
  wipe(): void;
}

export type TlsCause =
  | 'notTls'
  | 'version'
  | 'noCommonCipher'
  | 'weak'
  /**
   * The server goes no further without a client certificate: none was given; or the one at hand was held back, which
   * `detail` then says, because the server takes no signature of its kind of key (DSA in TLS 1.3).
   */
  | 'clientCertificateRequired'
  /** The server did not accept the client certificate it was given. */
  | 'clientCertificateRefused'
  /** The client certificate's file could not be used: wrong password, no key, or an encryption this computer cannot read. */
  | 'clientCertificateUnusable'
  | 'closed'
  | 'other';

export type CertificateProblem =
  | 'expired'
  | 'notYetValid'
  | 'otherName'
  | 'selfSigned'
  | 'unknownIssuer'
  | 'issuerNotSent'
  | 'wrongPurpose'
  | 'weak'
  | 'other';

export interface CertificateFacts {
  /** As `CN=smtp.contoso.com, O=Contoso`. */
  readonly subject: string;
  /** The DNS names and IP addresses it is for. */
  readonly names: readonly string[];
  readonly issuer: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly selfSigned: boolean;
  /** As `RSA 2048`, `ECDSA P-256`; empty where it could not be read. */
  readonly key: string;
  /** The certificates above it, as far as they are known here, ending with the root. */
  readonly chain: readonly ChainLink[];
  /** SHA-256, hexadecimal with colons. */
  readonly fingerprint: string;
}

/** One certificate above the server's own. */
export interface ChainLink {
  readonly subject: string;
  readonly validTo: Date;
}

/**
 * What became of client certificates in the handshake. `presented`: there is one, the server asked, and takes signatures of
 * its kind of key; OpenSSL then sends it, whatever authorities the server names. It does not say that the server took it:
 * in TLS 1.3 that shows at the next read. `askedAndNone`: there is none, or it was held back. `unknown` where the TLS
 * library of this computer does not tell (VS Code's own).
 */
export type ClientCertificateUse = 'notAsked' | 'askedAndNone' | 'presented' | 'unknown';

export type TlsAnswer =
  | {
      readonly kind: 'secured';
      /** As `TLSv1.3`. */
      readonly version: string;
      readonly cipher: string;
      readonly certificate: CertificateFacts | undefined;
      readonly clientCertificate: ClientCertificateUse;
      /** Hash of the server's certificate for the channel binding `tls-server-end-point` (RFC 5929, section 4). */
      readonly serverEndPoint: Uint8Array | undefined;
    }
  | {
      readonly kind: 'untrusted';
      readonly problem: CertificateProblem;
      /** Node's code, or OpenSSL's words where Node has none. */
      readonly detail: string;
      /** Undefined where the certificate could not be looked at. */
      readonly certificate: CertificateFacts | undefined;
    }
  | {
      readonly kind: 'failed';
      readonly cause: TlsCause;
      /** Node's code; of `clientCertificateUnusable` what is wrong, in words that go on after "cannot be used:". */
      readonly detail: string;
    };
