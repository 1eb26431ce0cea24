import { MIMEType } from 'node:util';
import { isRefusal, refusal, type Refusal } from '../refusals.ts';
import { collectFields } from './fields.ts';
import { MOST_FIELDS } from './limits.ts';
import type { ParsedBody } from './parsed-body.ts';
import type { UploadedFile } from './uploaded-file.ts';

/** A multipart form (RFC 7578): its fields as text, its files apart from them. */
export async function parseMultipart(bytes: Buffer, contentType: string): Promise<ParsedBody | Refusal> {
  const boundary = boundaryOf(contentType);
  if (!boundary) return refusal('malformed_multipart');
  if (countParts(bytes, boundary) > MOST_FIELDS) return refusal('too_many_fields');
  const form = await readForm(bytes, contentType);
  return form ? sortParts(form, bytes) : refusal('malformed_multipart');
}

/** Understood as the form's reader understands it: counting the parts at another boundary would count none. */
function boundaryOf(contentType: string): string | null {
  try {
    return new MIMEType(contentType).params.get('boundary');
  } catch {
    return null;
  }
}

/** Counted before the form is built, because each part costs objects. */
function countParts(bytes: Buffer, boundary: string): number {
  const mark = `--${boundary}`;
  let count = -1;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) {
    if (++count > MOST_FIELDS) break;
  }
  return count;
}

async function readForm(bytes: Buffer, contentType: string): Promise<FormData | undefined> {
  try {
    const body = new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } });
    return await body.formData();
  } catch {
    return undefined;
  }
}

async function sortParts(form: FormData, bytes: Buffer): Promise<ParsedBody | Refusal> {
  const texts: [string, string][] = [];
  const files: UploadedFile[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') texts.push([name, value]);
    else if (isChosen(value)) files.push(await toFile(name, value));
  }
  if (!areVerbatim(texts.flat(), bytes)) return refusal('not_utf8');
  if (files.some(({ fieldname }) => fieldname === '__proto__')) return refusal('forbidden_field');
  const read = collectFields(texts);
  return isRefusal(read) ? read : { value: read.fields, files };
}

/** A browser sends a file without name and content for a file that nobody chose. */
const isChosen = ({ name, size }: File): boolean => name !== '' || size > 0;

const REPLACEMENT = '\uFFFD';

/**
 * Whether texts stand in the bytes as they were read. The form's reader puts the replacement character for what is not UTF-8; one
 * that was sent is there in UTF-8. The texts are in the order of the bytes, so these are gone through once.
 */
function areVerbatim(texts: readonly string[], bytes: Buffer): boolean {
  let at = 0;
  return texts
    .filter((text) => text.includes(REPLACEMENT))
    .every((text) => {
      at = bytes.indexOf(text, at);
      return at >= 0;
    });
}

async function toFile(fieldname: string, file: File): Promise<UploadedFile> {
  const buffer = Buffer.from(await file.arrayBuffer());
  const originalname = file.name.slice(Math.max(file.name.lastIndexOf('/'), file.name.lastIndexOf('\\')) + 1);
  return { fieldname, originalname, mimetype: file.type, buffer, size: buffer.length };
}
