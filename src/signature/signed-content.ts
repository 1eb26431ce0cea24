import { isForm, readForm, type FormFields } from './form-body.ts';
import { headerOf } from './request-header.ts';
import { rejected, type OutgoingMessage, type ReceivedMessage, type Rejected } from './scheme.ts';
import type { TemplatePart } from './template.ts';

/** Stands in what is signed where the secret's own bytes go. */
export const SECRET = Symbol('secret');

/** What is signed, in order. */
export type SignedContent = readonly (string | Uint8Array | typeof SECRET)[];

/** What a message does not say itself. */
export interface Stamp {
  readonly timestamp: string;
  readonly id: string;
}

/** Fills a template from a message, or says what the message lacks. */
export function fillTemplate(
  template: readonly TemplatePart[],
  message: OutgoingMessage | ReceivedMessage,
  stamp: Stamp,
): { readonly content: SignedContent } | Rejected {
  const form = template.some(({ kind }) => kind === 'field') ? readFields(message) : NO_FIELDS;
  if (!form) return rejected('body-malformed');
  const source = { ...message, ...stamp, form };
  const content: SignedContent[number][] = [];
  for (const part of template) {
    const value = fill(part, source);
    if (value === undefined) return rejected(part.kind === 'url' ? 'url-unknown' : 'part-missing');
    content.push(value);
  }
  return { content };
}

const NO_FIELDS: FormFields = new Map();

/** The fields of a message that is a form. */
export const readFields = ({ bytes, headers }: Pick<ReceivedMessage, 'bytes' | 'headers'>) =>
  isForm(headers) ? readForm(bytes) : undefined;

/** The value of a field that is there once: of two, nobody knows which one the next reader takes. */
export function fieldOf(form: FormFields, name: string): string | undefined {
  const values = form.get(name);
  return values?.length === 1 ? values[0] : undefined;
}

interface Source extends Pick<ReceivedMessage, 'bytes' | 'headers' | 'method' | 'url'>, Stamp {
  readonly form: FormFields;
}

function fill(part: TemplatePart, source: Source): SignedContent[number] | undefined {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'body':
      return source.bytes;
    case 'header':
      return headerOf(source.headers, part.name);
    case 'field':
      return fieldOf(source.form, part.name);
    case 'secret':
      return SECRET;
    default:
      return source[part.kind];
  }
}
