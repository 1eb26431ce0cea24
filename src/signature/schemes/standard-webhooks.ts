import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { HookError } from '../../errors.ts';
import { decode, encode } from '../encoding.ts';
import { firstKey, hmac, isEqual, type SignedParts } from '../hmac.ts';
import { headerOf } from '../request-header.ts';
import {
  REJECTIONS,
  rejected,
  type KeyFault,
  type OutgoingMessage,
  type ReceivedMessage,
  type SignatureScheme,
  type SigningKey,
  type Verification,
} from '../scheme.ts';
import { isSignableId } from '../signed-id.ts';
import { withinTime, writeTimestamp } from '../timestamp.ts';

/** A header starts with this; Svix has its own names for the same three. */
type HeaderFamily = 'webhook' | 'svix';

/**
 * Standard Webhooks: HMAC-SHA256 (`v1`) or ed25519 (`v1a`) of id, timestamp and body, a list of signatures
 * (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md).
 */
export const standardWebhooks = scheme('webhook');

/** Svix: the same, in headers of its own (docs.svix.com, "Verifying Webhooks Manually"). */
export const svix = scheme('svix');

function scheme(family: HeaderFamily): SignatureScheme {
  const names = { id: `${family}-id`, timestamp: `${family}-timestamp`, signature: `${family}-signature` };
  return {
    headerNames: [names.id, names.timestamp, names.signature],
    signsUrl: false,
    readKey,
    findObstacle: ({ key }) => (key.type === 'public' ? ONLY_VERIFIES : undefined),
    sign({ bytes, id }: OutgoingMessage, keys: readonly SigningKey[], now: number) {
      if (!isSignableId(id)) throw new HookError('HOOK_SIGNATURE_IMPOSSIBLE', REJECTIONS['id-malformed']);
      const timestamp = writeTimestamp(now, 'seconds');
      const parts = signedParts(id, timestamp, bytes);
      const signatures = signingKeys(keys).map((key) => signWith(key, parts));
      return { [names.id]: id, [names.timestamp]: timestamp, [names.signature]: signatures.join(' ') };
    },
    verify({ bytes, headers }: ReceivedMessage, keys, context): Verification {
      const id = headerOf(headers, names.id);
      const timestamp = headerOf(headers, names.timestamp);
      const signature = headerOf(headers, names.signature);
      if (signature === undefined) return rejected('signature-missing');
      if (id === undefined) return rejected('id-missing');
      if (!isSignableId(id)) return rejected('id-malformed');
      if (timestamp === undefined) return rejected('timestamp-missing');
      const match = findMatch(keys, signature, signedParts(id, timestamp, bytes));
      if (!match) return rejected('mismatch');
      const verified = { verified: true, keyUsed: match.name, id } as const;
      return withinTime(verified, timestamp, { ...context, format: 'seconds' });
    },
  };
}

const signedParts = (id: string, timestamp: string, bytes: Uint8Array): SignedParts => [
  `${id}.${timestamp}.`,
  bytes,
];

/** More than a rotation needs; each one costs a signature's time. */
const MOST_SIGNATURES = 10;

function findMatch(keys: readonly SigningKey[], header: string, parts: SignedParts): SigningKey | undefined {
  const given = header.split(' ', MOST_SIGNATURES);
  return keys.find(({ key }) => {
    const signatures = given.flatMap((one) => readSignature(one, key));
    return key.type === 'secret' ? isHmac(signatures, key, parts) : isEd25519(signatures, key, parts);
  });
}

/** None where it is of the other algorithm: the key decides, the version label only sorts. */
function readSignature(text: string, key: KeyObject): Buffer[] {
  const label = `${versionOf(key)},`;
  const signature = text.startsWith(label) ? decode(text.slice(label.length), 'base64') : undefined;
  return signature ? [signature] : [];
}

const versionOf = ({ type }: KeyObject): string => (type === 'secret' ? 'v1' : 'v1a');

function isHmac(signatures: readonly Buffer[], key: KeyObject, parts: SignedParts): boolean {
  const expected = hmac('sha256', key, parts);
  return signatures.filter((signature) => isEqual(signature, expected)).length > 0;
}

/** Ed25519 is over the message in one piece (RFC 8032). */
function isEd25519(signatures: readonly Buffer[], key: KeyObject, parts: SignedParts): boolean {
  const message = join(parts);
  return signatures.some((signature) => verify(null, message, key, signature));
}

/** The current key must be able to sign; a previous one that cannot is left out. */
function signingKeys(keys: readonly SigningKey[]): KeyObject[] {
  if (firstKey(keys).type === 'public') throw new HookError('HOOK_SIGNATURE_IMPOSSIBLE', ONLY_VERIFIES);
  return keys.map(({ key }) => key).filter(({ type }) => type !== 'public');
}

function signWith(key: KeyObject, parts: SignedParts): string {
  const signature = key.type === 'secret' ? hmac('sha256', key, parts) : sign(null, join(parts), key);
  return `${versionOf(key)},${encode(signature, 'base64')}`;
}

const join = (parts: SignedParts): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));

const ONLY_VERIFIES = 'A public key (whpk_) verifies and cannot sign: enter the private one (whsk_).';

/** What stands before a raw ed25519 key in DER (RFC 8410): PKCS #8 for the seed, SPKI for the public key. */
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');
const SEED_BYTES = 32;

/** `whsec_` and a bare base64 text stand for an HMAC key, `whsk_` for an ed25519 private key (a seed, or seed and public key), `whpk_` for a public one. */
function readKey(secret: string): KeyObject | KeyFault {
  const [, prefix = 'whsec_', encoded = ''] = /^(whsec_|whsk_|whpk_)?(.*)$/s.exec(secret) ?? [];
  const bytes = decode(encoded, 'base64');
  if (!bytes) return { fault: 'After whsec_, whsk_ or whpk_ it must be base64.' };
  if (prefix === 'whsec_') return readHmacKey(bytes);
  const isSeedAndPublic = prefix === 'whsk_' && bytes.length === 2 * SEED_BYTES;
  if (bytes.length !== SEED_BYTES && !isSeedAndPublic)
    return { fault: 'An ed25519 key has 32 bytes, or 64 with its public key behind it.' };
  const raw = bytes.subarray(0, SEED_BYTES);
  if (prefix === 'whpk_')
    return createPublicKey({ key: Buffer.concat([PUBLIC_DER, raw]), format: 'der', type: 'spki' });
  return createPrivateKey({ key: Buffer.concat([PRIVATE_DER, raw]), format: 'der', type: 'pkcs8' });
}

/** The specification asks for 24 to 64 bytes. */
const readHmacKey = (bytes: Buffer): KeyObject | KeyFault =>
  bytes.length >= 24 && bytes.length <= 64
    ? createSecretKey(bytes)
    : { fault: 'After whsec_ it must stand for 24 to 64 bytes.' };
