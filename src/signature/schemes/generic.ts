import { createHash, type KeyObject } from 'node:crypto';
import { HookError } from '../../errors.ts';
import { decodeEitherCase, encode } from '../encoding.ts';
import type { GenericAlgorithm, GenericSpec } from '../generic-spec.ts';
import { findKey, firstKey, hmac } from '../hmac.ts';
import { readKeyText } from '../key-text.ts';
import { headerOf } from '../request-header.ts';
import {
  REJECTIONS,
  rejected,
  type OutgoingMessage,
  type ReceivedMessage,
  type Rejected,
  type SignatureHeaders,
  type SignatureScheme,
  type SigningKey,
  type Verification,
} from '../scheme.ts';
import { itemOf, signatureTexts, splitItems } from '../signature-list.ts';
import {
  fieldOf,
  fillTemplate,
  readFields,
  SECRET,
  type SignedContent,
  type Stamp,
} from '../signed-content.ts';
import { isSignableId } from '../signed-id.ts';
import { withinTime, writeTimestamp } from '../timestamp.ts';

/** The scheme that settings describe. Only a header with room for names has room for the signatures of both secrets. */
export function generic(spec: GenericSpec): SignatureScheme {
  const { place, timestamp, idHeader } = spec;
  const timestampHeader = timestamp?.kind === 'header' ? timestamp.name : undefined;
  const names = [idHeader, timestampHeader, place.kind === 'header' ? place.name : undefined];
  return {
    headerNames: names.filter((name) => name !== undefined),
    signsUrl: spec.template.some(({ kind }) => kind === 'url'),
    readKey: (secret) => readKeyText(secret, spec.keyEncoding),
    findObstacle: (_key, content) => findObstacle(spec, content === 'form'),
    sign(message, keys, now) {
      const stamp = { timestamp: timestamp ? writeTimestamp(now, timestamp.format) : '', id: message.id };
      return {
        ...(idHeader !== undefined && { [idHeader]: message.id }),
        ...(timestampHeader !== undefined && { [timestampHeader]: stamp.timestamp }),
        ...signatureHeader(spec, { message, keys, stamp }),
      };
    },
    verify(message, keys, context): Verification {
      const given = read(spec, message);
      if ('verified' in given) return given;
      const { signatures, stamp, content } = given;
      const match = findKey(keys, signatures, (key) => digest(spec.algorithm, key, content));
      if (!match) return rejected('mismatch');
      const id = idHeader === undefined ? {} : { id: stamp.id };
      const verified = { verified: true, keyUsed: match.name, ...id } as const;
      return timestamp
        ? withinTime(verified, stamp.timestamp, { ...context, format: timestamp.format })
        : verified;
    },
  };
}

const FIELD_OBSTACLE = 'The signature is a field of the body: such a secret verifies and cannot sign.';

function findObstacle({ place, template }: GenericSpec, isForm: boolean): string | undefined {
  if (place.kind === 'field') return FIELD_OBSTACLE;
  return template.some(({ kind }) => kind === 'field') && !isForm
    ? 'The template signs fields of a form: choose the content type form.'
    : undefined;
}

interface Signing {
  readonly message: OutgoingMessage;
  readonly keys: readonly SigningKey[];
  readonly stamp: Stamp;
}

function signatureHeader(spec: GenericSpec, { message, keys, stamp }: Signing): SignatureHeaders {
  const { place, timestamp, idHeader, algorithm, encoding, prefix, template } = spec;
  if (place.kind === 'field') throw impossible(FIELD_OBSTACLE);
  if (idHeader !== undefined && !isSignableId(stamp.id)) throw impossible(REJECTIONS['id-malformed']);
  const filled = fillTemplate(template, message, stamp);
  if ('reason' in filled) throw impossible(REJECTIONS[filled.reason]);
  const write = (key: KeyObject) => `${prefix}${encode(digest(algorithm, key, filled.content), encoding)}`;
  if (timestamp?.kind !== 'item') return { [place.name]: write(firstKey(keys)) };
  const items = [`${timestamp.name}${stamp.timestamp}`, ...keys.map(({ key }) => write(key))];
  return { [place.name]: items.join(',') };
}

const impossible = (words: string): HookError => new HookError('HOOK_SIGNATURE_IMPOSSIBLE', words);

interface Given {
  readonly signatures: readonly Buffer[];
  readonly stamp: Stamp;
  readonly content: SignedContent;
}

function read(spec: GenericSpec, message: ReceivedMessage): Given | Rejected {
  const written = readPlace(spec, message);
  if (written === undefined) return rejected('signature-missing');
  const items = splitItems(written);
  const signatures = signatureTexts(items, spec.prefix).flatMap(
    (text) => decodeEitherCase(text, spec.encoding) ?? [],
  );
  if (signatures.length === 0) return rejected('signature-malformed');
  const stamp = readStamp(spec, message, items);
  if ('verified' in stamp) return stamp;
  const filled = fillTemplate(spec.template, message, stamp);
  return 'reason' in filled ? filled : { signatures, stamp, content: filled.content };
}

function readPlace({ place }: GenericSpec, message: ReceivedMessage): string | undefined {
  if (place.kind === 'header') return headerOf(message.headers, place.name);
  const form = readFields(message);
  return form && fieldOf(form, place.name);
}

function readStamp(
  { timestamp, idHeader }: GenericSpec,
  { headers }: ReceivedMessage,
  items: readonly string[],
): Stamp | Rejected {
  const id = idHeader === undefined ? '' : headerOf(headers, idHeader);
  if (id === undefined) return rejected('id-missing');
  if (idHeader !== undefined && !isSignableId(id)) return rejected('id-malformed');
  if (!timestamp) return { timestamp: '', id };
  const { kind, name } = timestamp;
  const text = kind === 'header' ? headerOf(headers, name) : itemOf(items, name);
  return text === undefined ? rejected('timestamp-missing') : { timestamp: text, id };
}

function digest(algorithm: GenericAlgorithm, key: KeyObject, content: SignedContent): Buffer {
  const parts = content.map((part) => (part === SECRET ? key.export() : part));
  if (algorithm !== 'sha256-digest') return hmac(algorithm, key, parts);
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
