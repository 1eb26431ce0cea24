import assert from 'node:assert/strict';
import { isUnreadable, type Mail } from '../../../src/email/mail.ts';
import { readMail } from '../../../src/email/read-mail.ts';
import { htmlMail, mailFixture, scriptOf } from '../../support/mails.ts';

async function read(bytes: Buffer): Promise<Mail> {
  const mail = await readMail(bytes);
  assert.ok(!isUnreadable(mail), JSON.stringify(mail));
  return mail;
}

const messagesOf = ({ email }: Mail): (readonly [string, string])[] =>
  email.problems.map(({ where, message }) => [where, message]);

describe('Reading a mail', () => {
  it('takes JSON-LD and JSON from the scripts of the HTML, and nothing else that stands there', async () => {
    const mail = await read(mailFixture('order'));
    assert.deepEqual(mail.payload, [
      { '@context': 'https://schema.org', '@type': 'Order', orderNumber: '4711', note: 'Größe: ½ <b>' },
      { tracking: ['T1', 'T2'] },
    ]);
    assert.deepEqual(mail.email.problems, []);
    assert.equal(mail.contentType, 'multipart/alternative');
  });

  it('tells the rest of the mail', async () => {
    const { email } = await read(mailFixture('order'));
    assert.deepEqual(email.from, { name: 'Example Shop', address: 'shop@example.com' });
    assert.deepEqual(email.to, [
      { name: 'Jane Doe', address: 'jane@example.com' },
      { name: 'Ann', address: 'ann@example.com' },
      { name: '', address: 'bob@example.com' },
    ]);
    assert.equal(email.subject, 'Deine Bestellung für 4711');
    assert.equal(email.date, '2026-05-05T08:00:00.000Z');
    assert.equal(email.messageId, '<order-4711@example.com>');
    assert.equal(email.text?.trim(), 'Danke für die Bestellung.');
    assert.match(email.html ?? '', /window\.bad = true/);
  });

  it('understands other charsets and encodings', async () => {
    assert.deepEqual((await read(mailFixture('latin1-base64'))).payload, { name: 'Müller' });
  });

  it('takes a text that is JSON as a whole', async () => {
    assert.deepEqual((await read(mailFixture('json-text'))).payload, { Email: 'jane@example.com', Score: 9 });
  });

  it('takes attached JSON, a list item by item, and tells which file cannot be read', async () => {
    const mail = await read(mailFixture('attachments'));
    assert.deepEqual(mail.payload, [{ order: 1 }, { item: 1 }, { item: 2 }, { '@type': 'Parcel' }]);
    assert.deepEqual(messagesOf(mail), [
      ['attachment broken.json', 'It is not JSON.'],
      ['attachment 5', 'It is not UTF-8.'],
    ]);
  });

  it('looks into a mail that is forwarded', async () => {
    const { payload, email } = await read(mailFixture('forwarded'));
    assert.deepEqual(payload, { '@type': 'Order' });
    assert.equal(email.messageId, '<forward@example.com>');
  });

  it('tells each block that cannot be read, and takes the others', async () => {
    const mail = await read(mailFixture('malformed-blocks'));
    assert.deepEqual(mail.payload, [{ fine: true }, { unclosed: true }]);
    assert.deepEqual(messagesOf(mail), [
      ['html script 1', 'It is not JSON.'],
      ['html script 2', 'It is not JSON.'],
      ['html script 3', 'It is neither an object nor a list.'],
      ['html script 4', 'It holds a field name that is not allowed.'],
    ]);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('gives null where there is no data, and for what the mail does not say', async () => {
    assert.equal((await read(mailFixture('plain'))).payload, null);
    const { payload, email, contentType } = await read(mailFixture('no-headers'));
    assert.equal(payload, null);
    assert.equal(contentType, null);
    assert.deepEqual(email, {
      from: null,
      to: [],
      subject: null,
      date: null,
      messageId: null,
      text: 'Hello\n',
      html: null,
      problems: [],
    });
  });

  it('gives no date that is none', async () => {
    const { email } = await read(Buffer.from('Date: yesterday\r\n\r\nHello'));
    assert.equal(email.date, null);
  });

  it('leaves a single list as it is', async () => {
    assert.deepEqual((await read(htmlMail(scriptOf([{ a: 1 }])))).payload, [{ a: 1 }]);
  });

  it('holds the limits of a hook over all blocks together', async () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, 0]));
    const html = [many(600), many(401), many(400), { more: 1 }].map((value) => scriptOf(value)).join('\n');
    const mail = await read(htmlMail(html));
    assert.deepEqual(mail.payload, [many(600), many(400)]);
    const message = 'With it the mail holds more than 1,000 fields.';
    assert.deepEqual(messagesOf(mail), [
      ['html script 2', message],
      ['html script 4', message],
    ]);
    const deep = await read(htmlMail(scriptOf(`${'['.repeat(101)}${']'.repeat(101)}`)));
    assert.deepEqual(messagesOf(deep), [['html script 1', 'It is nested more than 100 levels deep.']]);
    assert.ok(
      Array.isArray((await read(htmlMail(scriptOf(`${'['.repeat(100)}${']'.repeat(100)}`)))).payload),
    );
  });

  it('takes 100 blocks, and 1 MB of JSON', async () => {
    const mail = await read(htmlMail(scriptOf({}).repeat(102)));
    assert.equal((mail.payload as unknown[]).length, 100);
    assert.deepEqual(messagesOf(mail), [
      ['html script 101', 'It and what follows it are more than 100 blocks.'],
    ]);
    const long = await read(htmlMail(scriptOf(`[${'1,'.repeat(600_000)}1]`) + scriptOf({ small: true })));
    assert.deepEqual(long.payload, { small: true });
    assert.deepEqual(messagesOf(long), [['html script 1', 'With it the mail holds more than 1 MB of JSON.']]);
  });

  it('refuses a mail whose parts, lines or headers would cost too much', async () => {
    const multipart = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n';
    const nested = (depth: number): string =>
      Array.from(
        { length: depth },
        (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
      ).join('');
    for (const [hostile, words] of [
      [`${multipart}${'--b\r\n\r\n'.repeat(10_001)}`, /10,000 parts/],
      ['\n'.repeat(200_001), /200,000 lines/],
      [nested(40), /nested too deep/],
      [`X-Long: ${'x'.repeat(300_000)}\r\n\r\nHello`, /headers are too long/],
    ] as const) {
      const mail = await readMail(Buffer.from(hostile));
      assert.ok(isUnreadable(mail) && mail.isFinal, hostile.slice(0, 60));
      assert.match(mail.unreadable, words);
    }
    await read(Buffer.from(nested(20)));
    await read(Buffer.from(`Subject: Log\r\n\r\n${'--------\n'.repeat(9_000)}`));
  });

  it('reads whatever bytes there are', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from([0, 255, 13, 10, 13, 10, 254]),
      Buffer.from('\u0000'.repeat(1000)),
    ])
      assert.equal((await read(bytes)).payload, null);
  });

  it('shows no more than the start of a file name, and none of its signs for markup', async () => {
    const name = `<img src=x>${'n'.repeat(500)}.json`;
    const mail = await read(
      Buffer.from(
        `Content-Type: application/json\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n{`,
      ),
    );
    const where = messagesOf(mail)[0]?.[0] ?? '';
    assert.match(where, /^attachment ‹img src=x›n+…$/);
    assert.ok(where.length < 100);
  });
});
