import { createHash } from 'node:crypto';
import { parse, stringify } from 'node:querystring';
import { HookError } from '../../errors.ts';
import { decode, encode } from '../encoding.ts';
import { isForm, readForm, type FormFields } from '../form-body.ts';
import { urlMissing } from '../header-hmac.ts';
import { findKey, firstKey, hmac, isEqual, textKey } from '../hmac.ts';
import { headerOf } from '../request-header.ts';
import {
  REJECTIONS,
  rejected,
  type OutgoingMessage,
  type ReceivedMessage,
  type RejectionReason,
  type SignatureScheme,
  type SigningKey,
  type Verification,
} from '../scheme.ts';

const HEADER = 'X-Twilio-Signature';

/**
 * Twilio: HMAC-SHA1 of the URL and a form's fields in base64, keyed with the auth token. A body of another kind is not signed
 * itself: the URL's `bodySHA256` is its digest (twilio.com/docs/usage/security, "Validating requests").
 */
export const twilio: SignatureScheme = {
  headerNames: [HEADER],
  signsUrl: true,
  readKey: textKey,
  findObstacle: (_key, content) => (content === 'json' ? JSON_OBSTACLE : undefined),
  sign(message, keys) {
    const { url } = message;
    if (url === undefined) throw urlMissing();
    const fields = readFields(message, url);
    if ('reason' in fields)
      throw new HookError('HOOK_SIGNATURE_IMPOSSIBLE', `${REJECTIONS[fields.reason]} ${JSON_OBSTACLE}`);
    return { [HEADER]: encode(hmac('sha1', firstKey(keys), [url, fields.text]), 'base64') };
  },
  verify(message, keys): Verification {
    const { headers, url } = message;
    const written = headerOf(headers, HEADER);
    if (written === undefined) return rejected('signature-missing');
    const signature = decode(written, 'base64');
    if (!signature) return rejected('signature-malformed');
    if (url === undefined) return rejected('url-unknown');
    const fields = readFields(message, url);
    if ('reason' in fields) return rejected(fields.reason);
    const match = findMatch(keys, signature, { url, fields: fields.text });
    return match ? { verified: true, keyUsed: match.name } : rejected('mismatch');
  },
};

const JSON_OBSTACLE =
  'A JSON body needs its SHA-256 in the URL, as bodySHA256, which is another for every body: choose the content type form.';

/** What of the body is signed behind the URL, or why the body cannot have been signed with this URL. */
function readFields(
  { bytes, headers }: OutgoingMessage | ReceivedMessage,
  url: string,
): { readonly text: string } | { readonly reason: RejectionReason } {
  // To its end: a # in a request's target begins nothing, and escaped anew it is one of the query's characters.
  const digest = new URLSearchParams(/\?(.*)/s.exec(url)?.[1]).get('bodySHA256');
  // Before the content type, which is not signed: a form without fields would else pass with another body's URL.
  if (digest !== null) return isDigest(digest, bytes) ? { text: '' } : { reason: 'mismatch' };
  if (bytes.length === 0) return { text: '' };
  const fields = isForm(headers) ? readForm(bytes) : undefined;
  return fields ? { text: writeFields(fields) } : { reason: 'body-malformed' };
}

const isDigest = (text: string, bytes: Uint8Array): boolean =>
  isEqual(Buffer.from(text), Buffer.from(createHash('sha256').update(bytes).digest('hex')));

/** Name and value without anything between them, by name, each value of a name once. */
const writeFields = (fields: FormFields): string =>
  [...fields.keys()]
    .sort()
    .flatMap((name) => [...new Set(fields.get(name))].sort().map((value) => `${name}${value}`))
    .join('');

interface Signed {
  readonly url: string;
  readonly fields: string;
}

function findMatch(
  keys: readonly SigningKey[],
  signature: Uint8Array,
  { url, fields }: Signed,
): SigningKey | undefined {
  for (const form of formsOf(url)) {
    const match = findKey(keys, [signature], (key) => hmac('sha1', key, [form, fields]));
    if (match) return match;
  }
  return undefined;
}

/** The URLs that Twilio may have signed for the one it called, as its own library tries them: with and without port, and escaped anew. */
function formsOf(url: string): ReadonlySet<string> {
  const received = [withoutPort(url), withPort(url)];
  if (!URL.canParse(url) || WALKS.test(url)) return new Set(received);
  const { href } = new URL(url);
  const normal = [withoutPort(href), withPort(href)];
  return new Set([...received, ...normal, ...normal.map(withEscapedQuery)]);
}

/** Escaping anew would make another path of these, and the request is for the one that came. */
const WALKS = /\\|\/(?:\.|%2e){1,2}(?:[/?#]|$)/i;

const AUTHORITY = /^([a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?(?:\[[^/?#\]]*\]|[^/?#:]*))(:\d*)?/i;

const withoutPort = (url: string): string => url.replace(AUTHORITY, '$1');

const withPort = (url: string): string =>
  url.replace(AUTHORITY, (_all, start: string, port?: string) => {
    const standard = /^https:/i.test(start) ? ':443' : ':80';
    return `${start}${port ?? standard}`;
  });

function withEscapedQuery(url: string): string {
  const start = url.indexOf('?') + 1;
  return start === 0
    ? url
    : `${url.slice(0, start)}${stringify(parse(url.slice(start), '&', '=', { maxKeys: 0 }))}`;
}
