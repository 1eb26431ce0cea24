import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { createTransport } from 'nodemailer';
import { REPLIES } from '../../../src/email/replies.ts';
import { makeCertificate } from '../../support/certificate.ts';
import { EmailBench } from '../../support/email-bench.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { SmtpClient } from '../../support/smtp-client.ts';
import { until } from '../../support/until.ts';

const MAIL = 'Subject: a\r\n\r\nb';
const ORDERS = 'orders@hooks.example.com';
const KB = 1024;

describe('A listener for mail', () => {
  let bench: EmailBench;
  const clients: SmtpClient[] = [];

  const start = (...parameters: ConstructorParameters<typeof EmailBench>): void => {
    bench = new EmailBench(...parameters);
    bench.listener();
  };
  const client = async (port: number): Promise<SmtpClient> => {
    const ready = await SmtpClient.ready(port);
    clients.push(ready);
    return ready;
  };
  const lastReply = async (smtp: SmtpClient, mail = MAIL): Promise<string> =>
    (await smtp.send([ORDERS], mail)).at(-1) ?? '';

  beforeEach(() => start());
  afterEach(async () => {
    for (const one of clients.splice(0)) one.close();
    await bench.stop();
  });

  describe('limits', () => {
    it('the size of a mail: it says so, and refuses one that says it is larger', async () => {
      bench.listener({ maxSize: '64kb' });
      bench.hook('orders');
      const smtp = await client(await bench.open());
      const hello = await smtp.ask('EHLO client.example');
      assert.match(hello, new RegExp(`^250[- ]SIZE ${64 * KB}\\r$`, 'm'));
      assert.doesNotMatch(hello, /AUTH|STARTTLS|XCLIENT|localhost\.|Nice/);
      assert.match(await smtp.say(`MAIL FROM:<a@b.example> SIZE=${64 * KB + 1}`), /^552 /);
    });

    it('the size of a mail that says nothing of it, and takes the next one', async () => {
      bench.listener({ maxSize: '64kb' });
      const hook = bench.hook('orders');
      hook.activity.switchTo({ isDebugged: true });
      const smtp = await client(await bench.open());
      assert.match(await lastReply(smtp, 'x'.repeat(64 * KB)), /^552 5\.3\.4 /);
      assert.match(await lastReply(smtp, 'x'.repeat(64 * KB - 2)), /^250 /);
      assert.equal(hook.events.length, 1);
      assert.deepEqual(
        hook.activity.interactions?.list().map(({ decision }) => decision.code),
        [undefined, 'too_large'],
      );
    });

    it('how much it reads of a mail that is too large', async () => {
      bench.listener({ maxSize: '64kb' });
      const hook = bench.hook('orders');
      const smtp = await client(await bench.open());
      await smtp.say('MAIL FROM:<a@b.example>');
      await smtp.say(`RCPT TO:<${ORDERS}>`);
      await smtp.say('DATA');
      let sent = 0;
      const chunk = Buffer.alloc(16 * KB, 'x');
      const pour = (): void => {
        while (!smtp.isClosed && sent < 64 * 1024 * KB && smtp.socket.write(chunk)) sent += chunk.length;
      };
      smtp.socket.on('drain', pour);
      pour();
      assert.equal(await smtp.reply(), `552 5.2.2 ${REPLIES.too_large.text}`);
      await until(() => smtp.isClosed, { timeoutMs: 10_000, what: () => 'the connection to end' });
      assert.equal(hook.events.length, 0);
    });

    it('who may send', async () => {
      bench.listener({ allowedClients: '10.0.0.0/8' });
      const hook = bench.hook('orders');
      const port = await bench.open();
      const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
      await assert.rejects(
        transport.sendMail({ from: 'a@b.example', to: ORDERS, text: 'x' }),
        new RegExp(`554 ${REPLIES.client_not_allowed.text}`),
      );
      assert.equal(hook.events.length, 0);
    });

    it('how many are connected', async () => {
      bench.hook('orders');
      const port = await bench.open();
      await Promise.all(Array.from({ length: 50 }, () => client(port)));
      const late = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
      await assert.rejects(late.verify(), /421/);
      clients.splice(0, 1)[0]?.close();
      await until(async () => await late.verify().catch(() => false), { what: () => 'room for one more' });
    });

    it('how many recipients a mail has', async () => {
      for (let at = 0; at <= 100; at++) bench.hook(`hook${at}`);
      const smtp = await client(await bench.open());
      const addresses = Array.from({ length: 101 }, (_, at) => `hook${at}@x.example`);
      const replies = await smtp.send(addresses, MAIL);
      assert.match(replies.at(-2) ?? '', /^452 /);
      assert.match(replies.at(-1) ?? '', /^250 /);
      assert.equal(replies.filter((reply) => reply.startsWith('250')).length, 102);
    });

    it('how long a command is', async () => {
      bench.hook('orders');
      const smtp = await client(await bench.open());
      assert.match(await smtp.say(`RCPT TO:<${'x'.repeat(3000)}@b.example>`), /^421 /);
    });
  });

  describe('cuts off', () => {
    it('who is silent, also in the middle of a mail', async () => {
      await bench.stop();
      start(undefined, { idleMs: 200 });
      const hook = bench.hook('orders');
      const port = await bench.open();
      const [idle, stuck] = [await client(port), await client(port)];
      await stuck.say('MAIL FROM:<a@b.example>');
      await stuck.say(`RCPT TO:<${ORDERS}>`);
      await stuck.say('DATA');
      stuck.socket.write('Subject: never');
      for (const smtp of [idle, stuck]) {
        assert.match(await smtp.reply(), /^421 /);
        await until(() => smtp.isClosed, { what: () => 'the end' });
      }
      assert.equal(hook.events.length, 0);
    });

    it('who stays too long, however busy', async () => {
      await bench.stop();
      const clock = new FakeClock();
      start(clock);
      bench.hook('orders');
      const smtp = await client(await bench.open());
      await clock.advance(599_000);
      assert.match(await smtp.say('NOOP'), /^250 /);
      await clock.advance(1000);
      assert.match(await smtp.reply(), /^421 /);
      await until(() => smtp.isClosed, { what: () => 'the end' });
    });

    it('nobody whose mail takes its time to be kept', async () => {
      await bench.stop();
      start(undefined, { idleMs: 400 });
      const hook = bench.hook('orders');
      hook.keep = () => new Promise((resolve) => setTimeout(resolve, 1000));
      assert.match(await lastReply(await client(await bench.open())), /^250 /);
    });
  });

  describe('through a deploy', () => {
    it('goes on listening, and tells senders to come again until the flows run', async () => {
      bench.hook('orders');
      const port = await bench.open();
      const smtp = await client(port);
      bench.gate.shut();
      bench.gate.release('orders');
      assert.match(await lastReply(smtp), /^421 /);
      const greeted = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
      await assert.rejects(greeted.verify(), /421 The flows are starting or stopping/);

      bench.listener();
      const hook = bench.hook('orders');
      assert.equal(await bench.open(), port);
      assert.match(await lastReply(await client(port)), /^250 /);
      assert.equal(hook.events.length, 1);
    });

    it('that comes while a mail is on its way, loses none', async () => {
      bench.hook('orders');
      const port = await bench.open();
      const smtp = await client(port);
      await smtp.say('MAIL FROM:<a@b.example>');
      await smtp.say(`RCPT TO:<${ORDERS}>`);
      await smtp.say('DATA');
      bench.gate.shut();
      smtp.socket.write(MAIL);
      assert.match(await smtp.say('\r\n.'), /^421 /);
    });

    it('that takes its hook away, refuses what was on its way', async () => {
      const orders = bench.hook('orders');
      bench.hook('parcels');
      const smtp = await client(await bench.open());
      await smtp.say('MAIL FROM:<a@b.example>');
      await smtp.say(`RCPT TO:<${ORDERS}>`);
      await smtp.say('DATA');
      bench.gate.release('orders');
      smtp.socket.write(MAIL);
      assert.match(await smtp.say('\r\n.'), /^421 /);
      assert.equal(orders.events.length, 0);
    });

    it('takes other settings at the same port', async () => {
      bench.listener({ domain: 'hooks.example.com' });
      bench.hook('orders');
      const port = await bench.open();
      const before = await client(port);
      bench.gate.shut();
      bench.listener({ port, domain: 'other.example' });
      bench.gate.open();
      await until(() => bench.gate.portOf('listener') === port, {
        what: () => 'the listener to listen again',
      });
      const smtp = await client(port);
      assert.match(await lastReply(smtp), /^550 /);
      assert.match((await smtp.send(['orders@other.example'], MAIL)).at(-1) ?? '', /^250 /);
      assert.match(await before.say('NOOP'), /^421 /);
    });

    it('ends where no hook names it any more', async () => {
      const hook = bench.hook('orders');
      const port = await bench.open();
      bench.gate.release('orders');
      await assert.rejects(SmtpClient.connect(port), /ECONNREFUSED/);
      assert.deepEqual(hook.told, [undefined]);
    });
  });

  describe('tells its hooks', () => {
    it('that its port is taken, and that it is not any more', async () => {
      await bench.stop();
      const clock = new FakeClock();
      start(clock);
      const neighbour = createServer().listen(0, '127.0.0.1');
      await once(neighbour, 'listening');
      const { port } = neighbour.address() as AddressInfo;
      bench.listener({ port });
      const hook = bench.hook('orders');
      bench.gate.open();
      await until(() => hook.told.length === 1, { what: () => 'word of it' });
      assert.deepEqual(hook.told, [{ code: 'port-taken', host: '127.0.0.1', port }]);
      neighbour.close();
      await once(neighbour, 'close');
      await clock.advance(5000);
      await until(() => hook.told.length === 2, { what: () => 'word of it' });
      assert.deepEqual(hook.told.at(-1), undefined);
      await client(port);
    });

    it('that the machine has no such address', async () => {
      bench.listener({ host: '192.0.2.1' });
      const hook = bench.hook('orders');
      bench.gate.open();
      await until(() => hook.told.length === 1, { what: () => 'word of it' });
      assert.deepEqual(hook.told, [{ code: 'host-unknown', host: '192.0.2.1', port: 0 }]);
    });

    it('that it is not there, or cannot be understood', () => {
      const stray = bench.hook('stray', { listenerId: 'nowhere' });
      const wrong = bench.hook('wrong', { listenerId: 'invalid' });
      bench.listener({ port: -1 }, undefined, 'invalid');
      bench.gate.open();
      assert.deepEqual(stray.told, [{ code: 'listener-missing' }]);
      assert.deepEqual(wrong.told, [{ code: 'listener-invalid' }]);
    });

    it('that the address is another hook’s, who has it as long as he is there', async () => {
      const first = bench.hook('orders', { id: 'first' });
      const second = bench.hook('orders', { id: 'second' });
      const port = await bench.open();
      assert.deepEqual(second.told, [{ code: 'address-taken', name: 'first' }]);
      await lastReply(await client(port));
      assert.deepEqual([first.events.length, second.events.length], [1, 0]);
      bench.gate.release('first');
      assert.deepEqual(second.told.at(-1), undefined);
      await lastReply(await client(port));
      assert.equal(second.events.length, 1);
    });
  });

  describe('with a certificate', () => {
    let certificate: { key: string; cert: string };
    before(async () => {
      certificate = await makeCertificate();
    });

    it('offers encryption, and takes mail with it and without', async () => {
      bench.listener({}, () => certificate);
      const hook = bench.hook('orders');
      const port = await bench.open();
      const tls = { ca: certificate.cert, servername: 'localhost', minVersion: 'TLSv1.2' as const };
      const transport = createTransport({ host: '127.0.0.1', port, requireTLS: true, tls });
      await transport.sendMail({ from: 'a@b.example', to: ORDERS, text: 'secret' });
      assert.match(await lastReply(await client(port)), /^250 /);
      assert.equal(hook.events.length, 2);
    });

    it('takes no command that came before the encryption for one that came after', async () => {
      bench.listener({}, () => certificate);
      const hook = bench.hook('orders');
      const smtp = await client(await bench.open());
      smtp.socket.write(`STARTTLS\r\nMAIL FROM:<x@y.example>\r\nRCPT TO:<${ORDERS}>\r\n`);
      assert.match(await smtp.reply(), /^220 /);
      smtp.socket.removeAllListeners('data');
      const secure = connectTls({ socket: smtp.socket, ca: certificate.cert, servername: 'localhost' });
      await once(secure, 'secureConnect');
      secure.setEncoding('utf8').write('EHLO client.example\r\nDATA\r\n');
      let text = '';
      secure.on('data', (part: string) => (text += part));
      await until(() => /^503 /m.test(text), { what: () => `a refusal, not ${text}` });
      assert.equal(hook.events.length, 0);
      secure.destroy();
    });

    it('does not listen where the certificate is missing or no good, rather than without it', async () => {
      for (const [code, found] of [
        ['certificate-missing', 'missing'],
        ['certificate-invalid', { ...certificate, key: 'no key' }],
        ['certificate-invalid', { ...certificate, key: (await makeCertificate()).key }],
      ] as const) {
        bench.gate.shut();
        bench.listener({}, () => found);
        const hook = bench.hook('orders');
        bench.gate.open();
        await until(() => hook.told.length === 1, { what: () => code });
        assert.equal(hook.told[0]?.code, code);
        assert.equal(bench.gate.portOf('listener'), undefined);
      }
    });
  });
});
