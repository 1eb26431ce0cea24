import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { collectMail, MailSpace } from '../../../src/email/collect-mail.ts';

describe('Collecting a mail', () => {
  const begin = (limit: number, room = 1_000_000) => {
    const stream = new PassThrough();
    const space = new MailSpace(room);
    let cuts = 0;
    const cut = (): void => {
      cuts++;
    };
    return { stream, space, collected: collectMail(stream, { limit, space, cut }), cuts: () => cuts };
  };

  it('gives its bytes in one piece, however small those are that they come in', async () => {
    const { stream, collected } = begin(300_000);
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, at) => at % 251));
    for (let at = 0; at < bytes.length; at += 7) stream.write(bytes.subarray(at, at + 7));
    stream.end();
    assert.deepEqual(await collected, bytes);
  });

  it('takes a mail as large as the limit, and none that is larger', async () => {
    const exact = begin(1000);
    exact.stream.end(Buffer.alloc(1000));
    assert.equal((await exact.collected).length, 1000);
    const larger = begin(1000);
    larger.stream.write(Buffer.alloc(1000));
    larger.stream.end(Buffer.alloc(1));
    assert.equal(await larger.collected, 'too_large');
    assert.ok(larger.space.take(1_000_000), 'the room is given back');
    assert.equal(larger.cuts(), 0);
  });

  it('cuts off who goes on with a mail that is too large', async () => {
    const { stream, collected, cuts } = begin(1000);
    stream.write(Buffer.alloc(1500));
    stream.write(Buffer.alloc(501));
    await new Promise(setImmediate);
    assert.equal(cuts(), 1);
    stream.destroy();
    assert.equal(await collected, 'gone');
  });

  it('takes the room that all share, and gives it back where the mail is not taken', async () => {
    const space = new MailSpace(1000);
    const cut = (): void => undefined;
    const streams = [new PassThrough(), new PassThrough(), new PassThrough()] as const;
    const [first, second, third] = streams.map((stream) => collectMail(stream, { limit: 1000, space, cut }));
    streams[0].write(Buffer.alloc(600));
    await new Promise(setImmediate);
    streams[1].end(Buffer.alloc(600));
    assert.equal(await second, 'no_space');
    streams[0].destroy();
    assert.equal(await first, 'gone');
    streams[2].end(Buffer.alloc(600));
    assert.equal((await third)?.length, 600);
    assert.equal(space.take(600), false);
  });
});
