import { decode, encode } from '../encoding.ts';
import { findKey, hmac, textKey, type SignedParts } from '../hmac.ts';
import { headerOf } from '../request-header.ts';
import { rejected, type SignatureScheme, type Verification } from '../scheme.ts';
import { withinTime, writeTimestamp } from '../timestamp.ts';

const HEADER = 'Stripe-Signature';

/** More than a rotation needs. */
const MOST_ITEMS = 12;

/**
 * Stripe: HMAC-SHA256 of timestamp and body in hex, in one header with the timestamp: `t=…,v1=…`, several `v1` during a rotation.
 * The key is the whole text, `whsec_` included (docs.stripe.com/webhooks/signature).
 */
export const stripe: SignatureScheme = {
  headerNames: [HEADER],
  signsUrl: false,
  readKey: textKey,
  sign({ bytes }, keys, now) {
    const timestamp = writeTimestamp(now, 'seconds');
    const parts = signedParts(timestamp, bytes);
    const signatures = keys.map(({ key }) => `v1=${encode(hmac('sha256', key, parts), 'hex')}`);
    return { [HEADER]: [`t=${timestamp}`, ...signatures].join(',') };
  },
  verify({ bytes, headers }, keys, context): Verification {
    const items = headerOf(headers, HEADER)?.split(',', MOST_ITEMS);
    if (!items) return rejected('signature-missing');
    const [timestamp] = valuesOf(items, 't=');
    if (timestamp === undefined) return rejected('timestamp-missing');
    const signatures = valuesOf(items, 'v1=').flatMap((text) => decode(text, 'hex') ?? []);
    if (signatures.length === 0) return rejected('signature-malformed');
    const parts = signedParts(timestamp, bytes);
    const match = findKey(keys, signatures, (key) => hmac('sha256', key, parts));
    if (!match) return rejected('mismatch');
    return withinTime({ verified: true, keyUsed: match.name }, timestamp, { ...context, format: 'seconds' });
  },
};

const signedParts = (timestamp: string, bytes: Uint8Array): SignedParts => [`${timestamp}.`, bytes];

const valuesOf = (items: readonly string[], prefix: string): string[] =>
  items.filter((item) => item.startsWith(prefix)).map((item) => item.slice(prefix.length));
