import type { UploadedFile } from './uploaded-file.ts';

/** What a body holds: the value of JSON, or the fields of a form; files only with a multipart form. */
export interface ParsedBody {
  readonly value: unknown;
  readonly files: readonly UploadedFile[];
}
