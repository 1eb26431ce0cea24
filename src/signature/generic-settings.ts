import { isHeaderValue } from '../platform/http-header.ts';
import type { GenericSpec } from './generic-spec.ts';
import type { TimestampFormat } from './notation.ts';
import { isIdHeader, isSignatureHeader } from './signature-header.ts';
import type { SigningSecretCheck } from './signing-secret-check.ts';
import { parseTemplate, type TemplatePart } from './template.ts';

/** Reads the settings that describe a scheme; what is wrong with them is reported. The editor's dialog judges by it too. */
export function parseGeneric(check: SigningSecretCheck): GenericSpec {
  const template = readTemplate(check);
  const spec: GenericSpec = {
    algorithm: check.oneOf('algorithm', ['sha256', 'sha1', 'sha512', 'sha256-digest']),
    encoding: check.oneOf('encoding', ['hex', 'base64', 'base64url']),
    keyEncoding: check.oneOf('keyEncoding', ['utf8', 'hex', 'base64']),
    place: readPlace(check),
    prefix: readPrefix(check),
    template,
    timestamp: readTimestampPlace(check, template),
    idHeader: readIdHeader(check, template),
  };
  checkSecretTag(check, spec);
  if (spec.place.kind === 'field' && has(template, 'body'))
    check.report(
      'template',
      'The signature is in the body, so {{body}} cannot be signed: name a {{form.…}}.',
    );
  checkItem(check, spec);
  checkNames(check, spec);
  return spec;
}

const has = (template: readonly TemplatePart[], kind: TemplatePart['kind']): boolean =>
  template.some((part) => part.kind === kind);

function readTemplate(check: SigningSecretCheck): readonly TemplatePart[] {
  const text = check.exactText('template');
  const { parts, unknown } = parseTemplate(text.trim() === '' ? '{{body}}' : text);
  for (const tag of unknown) check.report('template', `{{${tag}}} is no tag.`);
  if (!has(parts, 'body') && !has(parts, 'field'))
    check.report('template', 'Without {{body}} or a {{form.…}} anyone could change what is sent.');
  return parts;
}

function readPlace(check: SigningSecretCheck): GenericSpec['place'] {
  const text = check.text('header') || 'X-Signature';
  const field = /^form\.(.+)$/s.exec(text)?.[1];
  if (field !== undefined) return { kind: 'field', name: field };
  if (!isSignatureHeader(text)) check.report('header', NO_NAME);
  return { kind: 'header', name: text };
}

const NO_NAME = 'It is not the name of a header, or of one that HTTP needs itself.';

/** A space at its end counts. */
function readPrefix(check: SigningSecretCheck): string {
  const prefix = check.exactText('prefix').trimStart();
  if (!isHeaderValue(prefix)) check.report('prefix', 'It holds characters that no header can hold.');
  if (/[ \t,]+[^ \t,]/.test(prefix))
    check.report('prefix', 'A space or a comma may only end it: they separate signatures.');
  return prefix;
}

function readTimestampPlace(
  check: SigningSecretCheck,
  template: readonly TemplatePart[],
): GenericSpec['timestamp'] {
  const name = check.text('timestampHeader');
  const [format, ...others] = new Set(template.flatMap(formatsOf));
  if (others.length > 0) check.report('template', 'It has timestamps of two kinds, and only one comes.');
  if (name === '' && format)
    check.report('timestampHeader', 'It is missing, and the template has a timestamp.');
  if (name === '') return undefined;
  if (!format)
    check.report('timestampHeader', 'The template has no timestamp, so what comes in it proves nothing.');
  const kind = name.endsWith('=') ? 'item' : 'header';
  if (kind === 'header' && !isSignatureHeader(name)) check.report('timestampHeader', NO_NAME);
  return { kind, name, format: format ?? 'seconds' };
}

const formatsOf = (part: TemplatePart): readonly TimestampFormat[] =>
  part.kind === 'timestamp' ? [part.format] : [];

function readIdHeader(check: SigningSecretCheck, template: readonly TemplatePart[]): string | undefined {
  const name = check.text('idHeader');
  const isSigned = has(template, 'id');
  if (name === '' && isSigned) check.report('idHeader', 'It is missing, and the template has an id.');
  if (name === '') return undefined;
  if (!isSigned) check.report('idHeader', 'The template has no {{id}}, so what comes in it proves nothing.');
  if (!isIdHeader(name)) check.report('idHeader', NO_NAME);
  return name;
}

function checkSecretTag(check: SigningSecretCheck, { algorithm, template }: GenericSpec): void {
  const isDigest = algorithm === 'sha256-digest';
  if (isDigest && !has(template, 'secret'))
    check.report('algorithm', 'A plain digest proves nothing without {{secret}}.');
  if (!isDigest && has(template, 'secret'))
    check.report('algorithm', 'An HMAC has the secret as its key: {{secret}} is only for sha256-digest.');
}

/** The timestamp and the signatures of one header must be told from each other. */
function checkItem(check: SigningSecretCheck, { timestamp, prefix }: GenericSpec): void {
  if (timestamp?.kind !== 'item') return;
  const { name, format } = timestamp;
  if (!/^[\x21-\x7e]+$/.test(name) || name.includes(','))
    check.report('timestampHeader', 'Before the = it must be letters and digits.');
  if (prefix !== '' && (prefix.startsWith(name) || name.startsWith(prefix)))
    check.report('prefix', 'It begins as the timestamp does, and then nobody can tell them apart.');
  if (format === 'http')
    check.report('timestampHeader', 'A date of HTTP holds spaces and a comma: it needs a header of its own.');
}

function checkNames(check: SigningSecretCheck, { place, timestamp, idHeader }: GenericSpec): void {
  const signature = place.kind === 'header' ? place.name.toLowerCase() : undefined;
  const time = timestamp?.kind === 'header' ? timestamp.name.toLowerCase() : undefined;
  const id = idHeader?.toLowerCase();
  if (time !== undefined && time === signature) check.report('timestampHeader', TAKEN);
  if (id !== undefined && (id === signature || id === time)) check.report('idHeader', TAKEN);
}

const TAKEN = 'Another value is already in this header.';
