/** The mails of `test/fixtures/mails`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '..', 'fixtures', 'mails');

export const mailFixture = (name: string): Buffer => readFileSync(path.join(folder, `${name}.eml`));

/** A mail with this HTML and no more than it needs. */
export const htmlMail = (html: string): Buffer =>
  Buffer.from(`From: shop@example.com\r\nSubject: Order\r\nContent-Type: text/html\r\n\r\n${html}\r\n`);

/** HTML with a value in it, as a shop writes it. */
export const scriptOf = (value: unknown, type = 'application/ld+json'): string =>
  `<script type="${type}">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`;
