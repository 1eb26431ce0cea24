import { isRefusal, refusal, type Refusal } from '../refusals.ts';
import { collectFields } from './fields.ts';
import { MOST_FIELDS } from './limits.ts';
import type { ParsedBody } from './parsed-body.ts';
import type { UploadedFile } from './uploaded-file.ts';

/** A multipart form (RFC 7578): its fields as text, its files apart from them. */
export async function parseMultipart(bytes: Buffer, contentType: string): Promise<ParsedBody | Refusal> {
  const boundary = /boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) return refusal('malformed_multipart');
  if (countParts(bytes, name) > MOST_FIELDS) return refusal('too_many_fields');
  const form = await readForm(bytes, contentType);
  return form ? sortParts(form) : refusal('malformed_multipart');
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

async function sortParts(form: FormData): Promise<ParsedBody | Refusal> {
  const texts: [string, string][] = [];
  const files: UploadedFile[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') texts.push([name, value]);
    else files.push(await toFile(name, value));
  }
  if (files.some(({ fieldname }) => fieldname === '__proto__')) return refusal('forbidden_field');
  const read = collectFields(texts);
  return isRefusal(read) ? read : { value: read.fields, files };
}

async function toFile(fieldname: string, file: File): Promise<UploadedFile> {
  const buffer = Buffer.from(await file.arrayBuffer());
  const originalname = file.name.slice(Math.max(file.name.lastIndexOf('/'), file.name.lastIndexOf('\\')) + 1);
  return { fieldname, originalname, mimetype: file.type, buffer, size: buffer.length };
}
