import assert from 'node:assert/strict';
import { createTransport } from 'nodemailer';
import { REPLIES } from '../../../src/email/replies.ts';
import { EmailBench } from '../../support/email-bench.ts';
import { htmlMail, mailFixture, scriptOf } from '../../support/mails.ts';
import { SmtpClient } from '../../support/smtp-client.ts';
import { until } from '../../support/until.ts';

const ORDERS = 'orders@hooks.example.com';

describe('The gate for mail', () => {
  let bench: EmailBench;
  const clients: SmtpClient[] = [];

  beforeEach(() => {
    bench = new EmailBench();
    bench.listener({ domain: 'hooks.example.com' });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await bench.stop();
  });

  const client = async (port: number): Promise<SmtpClient> => {
    const ready = await SmtpClient.ready(port);
    clients.push(ready);
    return ready;
  };

  it('takes a mail for the address in its envelope, and tells who sent what', async () => {
    const hook = bench.hook('orders');
    const port = await bench.open();
    const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
    await transport.sendMail({
      from: 'Shop <shop@example.com>',
      to: 'jane@example.com',
      bcc: 'Orders@HOOKS.example.com',
      subject: 'Your order',
      html: scriptOf({ '@type': 'Order' }),
      envelope: { from: 'shop@example.com', to: ['Orders@HOOKS.example.com'] },
    });
    const [event, ...others] = hook.events;
    assert.deepEqual(others, []);
    assert.deepEqual(event?.mail.payload, { '@type': 'Order' });
    assert.deepEqual(event.mail.email.to, [{ name: '', address: 'jane@example.com' }]);
    assert.equal(event.recipient.toLowerCase(), ORDERS);
    assert.equal(event.remoteAddress, '127.0.0.1');
    assert.match(event.rawMail.toString(), /^From: Shop/);
    assert.deepEqual(hook.activity.counts.received, 1);
  });

  it('keeps the bytes of a mail as they were sent, its dots too', async () => {
    const hook = bench.hook('orders');
    const smtp = await client(await bench.open());
    const lines = ['Subject: Dots', '', '..', '...and more', 'end'];
    const replies = await smtp.send([ORDERS], lines.map((line) => line.replace(/^\./, '..')).join('\r\n'));
    assert.match(replies.at(-1) ?? '', /^250 /);
    assert.equal(hook.events[0]?.rawMail.toString(), `${lines.join('\r\n')}\r\n`);
  });

  it('refuses whom no active hook has, and says no more of those it has', async () => {
    bench.hook('orders');
    const inactive = bench.hook('inactive');
    inactive.activity.switchTo({ isActive: false, isDebugged: true });
    const smtp = await client(await bench.open());
    await smtp.say('MAIL FROM:<>');
    const refusal = `550 5.1.1 ${REPLIES.unknown_recipient.text}.`;
    assert.equal(await smtp.say('RCPT TO:<nobody@hooks.example.com>'), refusal);
    assert.equal(await smtp.say('RCPT TO:<inactive@hooks.example.com>'), refusal);
    assert.match(await smtp.say('DATA'), /^503 /);
    assert.match(await smtp.say(`RCPT TO:<${ORDERS}>`), /^250 /);
    assert.match(await smtp.say('VRFY orders'), /^252 /);
    assert.equal(await smtp.say('VRFY orders'), await smtp.say('VRFY nobody'));
    for (const command of ['EXPN orders', 'HELP', 'WIZ x', 'XCLIENT ADDR=10.0.0.1', 'XFORWARD ADDR=10.0.0.1'])
      assert.match(await smtp.say(command), /^500 /, command);
    assert.equal(inactive.activity.counts.refused, 1);
    const [shown] = inactive.activity.interactions?.list() ?? [];
    assert.deepEqual(
      [shown?.request.url, shown?.decision.code, shown?.decision.reason, shown?.answer?.statusCode],
      ['inactive@hooks.example.com', 'unknown_recipient', 'The hook is not active.', 550],
    );
  });

  it('passes no mail on, however its address is written', async () => {
    const hook = bench.hook('orders');
    const port = await bench.open();
    const smtp = await client(port);
    await smtp.say('MAIL FROM:<orders@hooks.example.com>');
    for (const address of [
      '<someone@elsewhere.example>',
      '<someone%elsewhere.example@hooks.example.com>',
      '<orders%elsewhere.example@hooks.example.com>',
      '<elsewhere.example!orders@hooks.example.com>',
      '<"someone@elsewhere.example">',
      '<"someone@elsewhere.example"@hooks.example.com>',
      '<"orders"@hooks.example.com>',
      '<orders@elsewhere.example>',
      '<@hooks.example.com:someone@elsewhere.example>',
      '<@hooks.example.com,@elsewhere.example:someone@third.example>',
      '<orders@hooks.example.com@elsewhere.example>',
      '<orders@[127.0.0.1]>',
      '<orders@[IPv6:::1]>',
      '<orders@hooks.example.com.>',
      '<orders@hooks.example.com.elsewhere.example>',
      '<orders@sub.hooks.example.com>',
      '<orders@hooks.example.com >',
      '<orders>',
      '<postmaster>',
      '<>',
      'orders@elsewhere.example',
      '<orders@hooks.example.com\u0000>',
      '<orders@hooks\u3002example.com.elsewhere.example>',
    ])
      assert.match(await smtp.say(`RCPT TO:${address}`), /^5(?:50|01) /, address);
    assert.match(await smtp.say('RCPT TO:<@elsewhere.example:orders@hooks.example.com>'), /^250 /);
    assert.match(await smtp.say('AUTH PLAIN AGEAYg=='), /^500 /);
    assert.equal(hook.events.length, 0);
  });

  it('passes no mail on either where it takes mail for every domain', async () => {
    bench.listener({ domain: '' });
    const hook = bench.hook('orders');
    const smtp = await client(await bench.open());
    const replies = await smtp.send(
      ['someone@elsewhere.example', 'orders@elsewhere.example', 'orders@[127.0.0.1]', 'x%orders@y.example'],
      'Subject: a\r\n\r\nb',
    );
    assert.deepEqual(
      replies.map((reply) => reply.slice(0, 3)),
      ['250', '550', '250', '250', '550', '250'],
    );
    assert.deepEqual(
      hook.events.map(({ recipient }) => recipient),
      ['orders@elsewhere.example'],
      'one hook gets one mail once',
    );
  });

  it('gives a mail to each of its hooks, each with an id of its own', async () => {
    const hooks = [bench.hook('orders'), bench.hook('parcels')];
    const smtp = await client(await bench.open());
    const replies = await smtp.send(
      [ORDERS, 'nobody@hooks.example.com', 'parcels@hooks.example.com'],
      mailFixture('order'),
    );
    assert.deepEqual(
      replies.map((reply) => reply.slice(0, 3)),
      ['250', '250', '550', '250', '250'],
    );
    const ids = hooks.flatMap(({ events }) => events.map(({ requestId }) => requestId));
    assert.equal(new Set(ids).size, 2);
  });

  it('acknowledges a mail only when all its hooks have kept it', async () => {
    const orders = bench.hook('orders');
    const parcels = bench.hook('parcels');
    let keep = (): void => undefined;
    parcels.keep = () => new Promise((resolve) => (keep = resolve));
    const smtp = await client(await bench.open());
    let replies: string[] | undefined;
    const sending = smtp
      .send([ORDERS, 'parcels@hooks.example.com'], 'Subject: a\r\n\r\nb')
      .then((all) => (replies = all));
    await until(() => orders.events.length === 1, { what: () => 'the first hook' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(replies, undefined);
    keep();
    assert.match((await sending).at(-1) ?? '', /^250 /);

    parcels.keep = () => Promise.reject(new Error('no disk'));
    const failed = await smtp.send([ORDERS, 'parcels@hooks.example.com'], 'Subject: a\r\n\r\nb');
    assert.equal(failed.at(-1), `451 4.3.0 ${REPLIES.store_down.text}.`);
  });

  it('tells senders to come again while the store is down', async () => {
    const hook = bench.hook('orders');
    const smtp = await client(await bench.open());
    hook.canKeep = false;
    assert.match((await smtp.send([ORDERS], '')).at(-1) ?? '', /^451 /);
    hook.canKeep = true;
    assert.match((await smtp.send([ORDERS], 'Subject: a')).at(-1) ?? '', /^250 /);
  });

  it('takes several commands at once, and several mails on a connection', async () => {
    const hook = bench.hook('orders');
    const smtp = await client(await bench.open());
    const mail = (subject: string) =>
      `MAIL FROM:<a@b.example>\r\nRCPT TO:<${ORDERS}>\r\nDATA\r\nSubject: ${subject}\r\n\r\nx\r\n.\r\n`;
    smtp.socket.write(`${mail('one')}${mail('two')}NOOP\r\nQUIT\r\n`);
    for (const code of ['250', '250', '354', '250', '250', '250', '354', '250', '250', '221'])
      assert.equal((await smtp.reply()).slice(0, 3), code);
    assert.deepEqual(
      hook.events.map(({ mail: { email } }) => email.subject),
      ['one', 'two'],
    );
  });

  it('takes no commands out of a mail', async () => {
    const hook = bench.hook('orders');
    const smtp = await client(await bench.open());
    const smuggled = `a\n.\nMAIL FROM:<x@y.example>\r\nRCPT TO:<${ORDERS}>\r\nDATA\r\nSubject: smuggled\r\n\r\nb`;
    assert.match((await smtp.send([ORDERS], `Subject: real\r\n\r\n${smuggled}`)).at(-1) ?? '', /^250 /);
    assert.deepEqual(
      hook.events.map(({ mail: { email } }) => email.subject),
      ['real'],
    );
  });

  it('refuses a mail that cannot be read, and says why', async () => {
    const hook = bench.hook('orders');
    hook.activity.switchTo({ isDebugged: true });
    const smtp = await client(await bench.open());
    const replies = await smtp.send([ORDERS], '\r\n'.repeat(200_001));
    assert.equal(replies.at(-1), `554 5.6.0 ${REPLIES.unreadable.text}. It has more than 200,000 lines.`);
    assert.equal(hook.activity.counts.refused, 1);
    assert.equal(hook.activity.interactions?.list()[0]?.decision.code, 'unreadable');
  });

  it('shows the last mails of a hook while somebody looks', async () => {
    const hook = bench.hook('orders');
    hook.activity.switchTo({ isDebugged: true });
    const smtp = await client(await bench.open());
    await smtp.send([ORDERS], htmlMail(scriptOf({ a: 1 })));
    const [shown] = hook.activity.interactions?.list() ?? [];
    assert.ok(shown?.request.body);
    const { method, protocol, url, body } = shown.request;
    assert.deepEqual([method, protocol, url, shown.remoteAddress], ['EMAIL', 'SMTP', ORDERS, '127.0.0.1']);
    assert.match(body.content, /ld\+json/);
    assert.deepEqual(shown.decision, { outcome: 'accepted', eventId: 'event-1' });
  });
});
