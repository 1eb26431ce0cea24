import { createHash } from 'node:crypto';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import { Secret } from '../../platform/secret.ts';

/** A TLS configuration as the host keeps it: PEM texts or their bytes, in the options of Node.js. */
export interface TlsValues {
  readonly key?: string | Buffer | undefined;
  readonly cert?: string | Buffer | undefined;
  /** In place of the authorities that Node.js trusts. */
  readonly ca?: string | Buffer | undefined;
  /** Key and certificate in one (PKCS #12). */
  readonly pfx?: Buffer | undefined;
  readonly passphrase?: string | undefined;
  readonly servername?: string | undefined;
  readonly ALPNProtocols?: readonly string[] | undefined;
  /** False = any certificate of the receiver is taken. */
  readonly rejectUnauthorized?: boolean | undefined;
}

/** What is shown to a receiver, and believed of it, over TLS. */
export interface TlsSettings {
  /** With key, certificate and authorities. */
  readonly context: SecureContext;
  /** The name asked for, and looked for in the receiver's certificate; undefined = the URL's host. */
  readonly servername: string | undefined;
  readonly alpnProtocols: readonly string[];
  readonly verifiesReceiver: boolean;
  /** The same for equal values. */
  readonly fingerprint: Secret;
}

export type ParsedTls =
  | { readonly kind: 'valid'; readonly tls: TlsSettings }
  /** What a person must change, in words without any of the values. */
  | { readonly kind: 'invalid'; readonly message: string };

const HTTP1 = 'http/1.1';

/** Checks a TLS configuration: its key and certificate are read, so that one which could not be used is known before it is. */
export function parseTls(values: TlsValues): ParsedTls {
  const { servername, ALPNProtocols, rejectUnauthorized } = values;
  if (isGiven(values.key) !== isGiven(values.cert)) return invalid('it has a key or a certificate alone.');
  if (ALPNProtocols?.some((protocol) => /^h[23]/.test(protocol)))
    return invalid('its ALPN protocol is HTTP/2 or HTTP/3, which endpoints do not speak: leave it empty.');
  const context = readContext(values);
  if (!context)
    return invalid(
      'its key or certificate cannot be read, or they or the passphrase do not belong together.',
    );
  return {
    kind: 'valid',
    tls: {
      context,
      servername: servername || undefined,
      alpnProtocols: ALPNProtocols?.length ? ALPNProtocols : [HTTP1],
      verifiesReceiver: rejectUnauthorized !== false,
      fingerprint: fingerprintOf(values),
    },
  };
}

const isGiven = (value: string | Buffer | undefined): value is string | Buffer =>
  value !== undefined && value.length > 0;

const invalid = (reason: string): ParsedTls => ({
  kind: 'invalid',
  message: `The TLS configuration cannot be used: ${reason}`,
});

function readContext({ key, cert, ca, pfx, passphrase }: TlsValues): SecureContext | undefined {
  const options: SecureContextOptions = {
    ...(isGiven(key) && { key }),
    ...(isGiven(cert) && { cert }),
    ...(isGiven(ca) && { ca }),
    ...(isGiven(pfx) && { pfx }),
    ...(isGiven(passphrase) && { passphrase }),
  };
  try {
    return createSecureContext(options);
  } catch {
    return undefined;
  }
}

function fingerprintOf(values: TlsValues): Secret {
  const { key, cert, ca, pfx, passphrase, servername, ALPNProtocols, rejectUnauthorized } = values;
  const texts = [key, cert, ca, pfx].map((value) => Buffer.from(value ?? '').toString('base64'));
  const parts = [
    ...texts,
    passphrase ?? '',
    servername ?? '',
    ALPNProtocols ?? [],
    rejectUnauthorized !== false,
  ];
  return new Secret(createHash('sha256').update(JSON.stringify(parts)).digest('base64'));
}
