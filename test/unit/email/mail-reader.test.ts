import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { MailReader } from '../../../src/email/mail-reader.ts';
import { isUnreadable } from '../../../src/email/mail.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { htmlMail, mailFixture, scriptOf } from '../../support/mails.ts';
import { until } from '../../support/until.ts';

/** A thread that does this with a mail. */
const threadThat = (does: string) => (): Worker =>
  new Worker(`require('node:worker_threads').parentPort.on('message', (bytes) => { ${does} })`, {
    eval: true,
  });

describe('The reader of mails', () => {
  let reader: MailReader | undefined;
  afterEach(async () => reader?.close());

  it('reads one mail after the other in a thread of its own', async () => {
    const one = (reader = new MailReader({ clock: new FakeClock() }));
    const mails = await Promise.all([1, 2, 3].map((order) => one.read(htmlMail(scriptOf({ order })))));
    assert.deepEqual(
      mails.map((mail) => !isUnreadable(mail) && mail.payload),
      [{ order: 1 }, { order: 2 }, { order: 3 }],
    );
  });

  it('leaves the bytes to whoever gave them', async () => {
    reader = new MailReader({ clock: new FakeClock() });
    const bytes = mailFixture('order');
    const before = Buffer.from(bytes);
    await reader.read(bytes);
    assert.deepEqual(bytes, before);
  });

  it('gives up a mail that takes too long, and reads the next one in another thread', async () => {
    const clock = new FakeClock();
    let count = 0;
    const slow = threadThat('for (;;);');
    const quick = threadThat('require("node:worker_threads").parentPort.postMessage({ payload: 1 })');
    reader = new MailReader({ clock, start: () => (count++ === 0 ? slow() : quick()) });
    const first = reader.read(Buffer.from('a'));
    const second = reader.read(Buffer.from('b'));
    await until(() => count === 1, { what: () => 'the thread' });
    await clock.advance(20_000);
    assert.deepEqual(await first, { unreadable: 'It took too long to read.', isFinal: false });
    assert.deepEqual(await second, { payload: 1 });
  });

  it('tells apart a mail that is too much from a thread that fails', async () => {
    const limits = { resourceLimits: { maxOldGenerationSizeMb: 20 }, eval: true } as const;
    const greedy = `const all = []; require('node:worker_threads').parentPort.on('message', () => { for (;;) all.push([...'abcdef']) })`;
    reader = new MailReader({ clock: new FakeClock(), start: () => new Worker(greedy, limits) });
    assert.deepEqual(await reader.read(Buffer.from('a')), {
      unreadable: 'It is made of too much to be read.',
      isFinal: true,
    });
    const lost = { unreadable: 'It could not be read at the moment.', isFinal: false };
    for (const does of ['process.exit(1)', 'throw new Error("x")']) {
      const failing = new MailReader({ clock: new FakeClock(), start: threadThat(does) });
      assert.deepEqual(await failing.read(Buffer.from('a')), lost);
      assert.deepEqual(await failing.read(Buffer.from('b')), lost);
      await failing.close();
    }
  });

  it('ends its thread after a minute without a mail', async () => {
    const clock = new FakeClock();
    const threads: Worker[] = [];
    let ended = 0;
    const answer = threadThat('require("node:worker_threads").parentPort.postMessage({ payload: 1 })');
    reader = new MailReader({
      clock,
      start: () => {
        const thread = answer();
        threads.push(thread.once('exit', () => (ended += 1)));
        return thread;
      },
    });
    await reader.read(Buffer.from('a'));
    await clock.advance(59_000);
    await reader.read(Buffer.from('b'));
    await clock.advance(59_000);
    assert.deepEqual([threads.length, ended], [1, 0]);
    await clock.advance(1_000);
    await until(() => ended === 1, { what: () => 'the end of the thread' });
    assert.deepEqual(await reader.read(Buffer.from('c')), { payload: 1 });
    assert.equal(threads.length, 2);
  });
});
