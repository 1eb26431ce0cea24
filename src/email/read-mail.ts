import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { printable } from '../violation.ts';
import { collectData, type DataBlock } from './collect-data.ts';
import { findDataScripts } from './data-scripts.ts';
import { faultInShape } from './mail-shape.ts';
import type { Mail, MailAddress, UnreadableMail } from './mail.ts';

/** Mails that people and programs send are far within these. */
const LIMITS = {
  maxNestingDepth: 32,
  /** Of all parts together, in bytes. */
  maxHeadersSize: 256 * 1024,
  /** How deep mails that are forwarded in mails are looked into; what is deeper is an attachment. */
  maxRfc822NestingDepth: 3,
};

/** The most addresses of a header that are told. */
const MOST_ADDRESSES = 1000;

/**
 * Understands a mail (RFC 5322, MIME): its data from scripts in the HTML, from a text that is JSON, and from JSON attachments. It may
 * take seconds for a large one, so it is called in a thread of its own. Never rejects.
 */
export async function readMail(bytes: Uint8Array): Promise<Mail | UnreadableMail> {
  const fault = faultInShape(bytes);
  if (fault !== undefined) return { unreadable: fault, isFinal: true };
  try {
    return understand(await PostalMime.parse(bytes, LIMITS));
  } catch {
    return { unreadable: 'Its parts are nested too deep, or its headers are too long.', isFinal: true };
  }
}

function understand(mail: Email): Mail {
  const { payload, problems } = collectData([...blocksOf(mail)]);
  return {
    payload,
    email: {
      from: flatten(mail.from ? [mail.from] : [])[0] ?? null,
      to: flatten(mail.to ?? []).slice(0, MOST_ADDRESSES),
      subject: mail.subject ?? null,
      date: mail.date !== undefined && ISO_TIME.test(mail.date) ? mail.date : null,
      messageId: mail.messageId ?? null,
      text: mail.text ?? null,
      html: mail.html ?? null,
      problems,
    },
    contentType: mediaTypeOf(mail),
  };
}

/** A date that the reader understood; any other it leaves as it was sent. */
const ISO_TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function* blocksOf({ html = '', text = '', attachments }: Email): Generator<DataBlock> {
  for (const [index, script] of findDataScripts(html).entries())
    yield { where: `html script ${index + 1}`, text: script };
  // A text that begins otherwise is written for people.
  if (/^\s*[[{]/.test(text)) yield { where: 'text', text };
  for (const [index, attachment] of attachments.entries())
    if (isJson(attachment))
      yield {
        where: `attachment ${printable(attachment.filename ?? String(index + 1))}`,
        text: decodeUtf8(attachment.content),
      };
}

const isJson = ({ mimeType, filename }: Attachment): boolean =>
  mimeType === 'application/json' ||
  mimeType === 'application/ld+json' ||
  /\.json(?:ld)?$/i.test(filename ?? '');

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(content: Attachment['content']): string | undefined {
  if (typeof content === 'string') return content;
  try {
    return utf8.decode(content);
  } catch {
    return undefined;
  }
}

/** Each address alone, also those of a group. */
const flatten = (addresses: readonly Address[]): MailAddress[] =>
  addresses.flatMap((address) => address.group ?? [address]).map(({ name, address }) => ({ name, address }));

function mediaTypeOf({ headers }: Email): string | null {
  const value = headers.find(({ key }) => key === 'content-type')?.value ?? '';
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+/.exec(value)?.[0].toLowerCase() ?? null;
}
