import { createHash } from 'node:crypto';
import { SCHEME_FACTS, type SchemeFacts, type SchemeId } from '../../src/signature/scheme-facts.ts';
import type { SigningSecretSettings } from '../../src/signature/signing-secret-settings.ts';
import { HOST, type TestMessage } from './signed-message.ts';

/** A way to sign that tests try with anything. */
export interface SignatureCase {
  readonly title: string;
  readonly settings: Omit<SigningSecretSettings, 'id' | 'credentials'>;
  /** What this way does. */
  readonly facts: SchemeFacts;
  /** A secret of 32 bytes as this way writes one. */
  readonly secretOf: (bytes: Uint8Array) => string;
  /** The message as this way can sign it. */
  readonly fit: (message: TestMessage) => TestMessage;
}

const asHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const asWhsec = (bytes: Uint8Array): string => `whsec_${Buffer.from(bytes).toString('base64')}`;
const asIs = (message: TestMessage): TestMessage => message;

/** Twilio signs the digest of a body that is no form, in the URL. */
function withDigest(message: TestMessage): TestMessage {
  const digest = createHash('sha256')
    .update(message.bytes ?? '')
    .digest('hex');
  const url = `${message.url ?? `${HOST}/hook?a=1`}&bodySHA256=${digest}`;
  return { ...message, url, headers: { ...message.headers, 'content-type': 'application/json' } };
}

/** One case of each scheme that has no settings. */
export const PRESET_CASES: readonly SignatureCase[] = Object.entries(SCHEME_FACTS)
  .filter(([scheme]) => scheme !== 'generic')
  .map(([scheme, facts]) => ({
    title: scheme,
    settings: { scheme },
    facts,
    secretOf: isStandard(scheme as SchemeId) ? asWhsec : asHex,
    fit: scheme === 'twilio' ? withDigest : asIs,
  }));

function isStandard(scheme: SchemeId): boolean {
  return scheme === 'standard-webhooks' || scheme === 'svix';
}

const NOTHING: SchemeFacts = { signsTime: false, signsId: false, signsUrl: false, sendsBoth: false };

function generic(
  title: string,
  settings: SignatureCase['settings'],
  facts: Partial<SchemeFacts> = {},
): SignatureCase {
  return {
    title: `generic, ${title}`,
    settings: { scheme: 'generic', ...settings },
    facts: { ...NOTHING, ...facts },
    secretOf: settings.keyEncoding === 'base64' ? (bytes) => Buffer.from(bytes).toString('base64url') : asHex,
    fit: asIs,
  };
}

export const GENERIC_CASES: readonly SignatureCase[] = [
  generic('as it is', {}),
  generic('sha1 in base64url', { algorithm: 'sha1', encoding: 'base64url', prefix: 'HMAC ' }),
  generic('sha512 with keys in hex', { algorithm: 'sha512', keyEncoding: 'hex', encoding: 'base64' }),
  generic(
    'all there is, in one header',
    {
      keyEncoding: 'base64',
      prefix: 'v1=',
      template: '{{id}}.{{timestamp}}.{{method}} {{url}}\\n{{body}}',
      timestampHeader: 't=',
      idHeader: 'X-Id',
    },
    { signsTime: true, signsId: true, signsUrl: true, sendsBoth: true },
  ),
  generic(
    'timestamp behind the body',
    { template: '{{body}}{{timestampMs}}', timestampHeader: 'X-Time', encoding: 'base64' },
    { signsTime: true },
  ),
  generic(
    'timestamp before the body',
    { template: '{{timestampIso}}{{body}}', timestampHeader: 'X-Time', prefix: 'sha256=' },
    { signsTime: true },
  ),
  generic(
    'the date of HTTP',
    { template: '{{timestampHttp}}\\n{{body}}', timestampHeader: 'Date' },
    { signsTime: true },
  ),
  generic(
    'a digest',
    { algorithm: 'sha256-digest', template: '{{secret}}{{method}}{{url}}{{body}}' },
    { signsUrl: true },
  ),
];

export const ALL_CASES: readonly SignatureCase[] = [...PRESET_CASES, ...GENERIC_CASES];
