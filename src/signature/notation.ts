/** How the bytes of a signature are written as text. */
export type SignatureEncoding = 'hex' | 'base64' | 'base64url';

/** How a person's secret stands for the bytes of a key. */
export type KeyEncoding = 'utf8' | 'hex' | 'base64';

/** The hash of an HMAC. */
export type HmacAlgorithm = 'sha1' | 'sha256' | 'sha512';

/** How a timestamp is written: Unix seconds, Unix milliseconds, ISO 8601, or the date of HTTP (RFC 9110 section 5.6.7). */
export type TimestampFormat = 'seconds' | 'milliseconds' | 'iso' | 'http';
