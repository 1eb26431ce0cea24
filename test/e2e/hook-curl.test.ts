import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import zlib from 'node:zlib';
import { curl, type CurlAnswer } from '../support/curl.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';

const login = { username: 'sender', password: 'colons: and ünïcode' };
const asSender = ['-u', `${login.username}:${login.password}`];
const asJson = ['-H', 'Content-Type: application/json'];

const hook = (id: string, changes: Record<string, unknown> = {}): FlowNode => ({
  id,
  z: 'tab',
  type: 'inbound-hook-in',
  name: id,
  path: `/hooks/${id}`,
  x: 100,
  y: 100,
  wires: [['tell']],
  ...changes,
});
const flows: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'Hooks' },
  hook('told', { respond: 'flow' }),
  hook('small', { auth: 'none', bodyLimit: '10kb', respond: 'flow' }),
  hook('form', { kind: 'form', redirect: 'https://site.example/thanks' }),
  hook('once', { auth: 'none', dedupe: 'header:x-event' }),
  hook('guessed'),
  hook('rated', { auth: 'none', ratePerSecond: 1 }),
  hook('far', { auth: 'none', allowedIps: '203.0.113.0/24' }),
  hook('near', { auth: 'none', allowedIps: '203.0.113.0/24, 127.0.0.0/8', respond: 'flow' }),
  {
    id: 'tell',
    z: 'tab',
    type: 'function',
    func: `
      const { payload, rawBody, files } = msg;
      const digest = crypto.createHash('sha256').update(rawBody).digest('hex');
      msg.payload = { payload, digest, files: files?.map(({ buffer, ...file }) => ({ ...file, text: buffer.toString() })) };
      return msg;`,
    libs: [{ var: 'crypto', module: 'node:crypto' }],
    x: 300,
    y: 100,
    wires: [['answer']],
  },
  { id: 'answer', z: 'tab', type: 'http response', x: 500, y: 100, wires: [] },
];

interface Told {
  readonly payload: unknown;
  /** Of the exact bytes. */
  readonly digest: string;
  readonly files?: readonly { readonly originalname: string; readonly text: string }[];
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

for (const settings of [{}, { httpAdminRoot: '/admin' }])
  describe(`curl, at hooks of a real Node-RED with ${JSON.stringify(settings)}`, function () {
    this.timeout(60_000);
    let userDir: string;
    let nodeRed: NodeRed;

    before(async () => {
      userDir = await makeUserDir();
      const credentials = { told: login, guessed: login };
      nodeRed = await NodeRed.start({ userDir, flows, credentials, settings });
    });
    after(async () => {
      await nodeRed.stop();
      await removeUserDir(userDir);
    });

    const send = (id: string, ...options: readonly string[]): Promise<CurlAnswer> =>
      curl(...options, `${nodeRed.url}/hooks/${id}`);
    const tell = async (id: string, ...options: readonly string[]): Promise<Told> => {
      const { status, text } = await send(id, ...options);
      assert.equal(status, 200, text);
      return JSON.parse(text) as Told;
    };
    /** A file for curl to send. */
    const file = async (name: string, content: string | Buffer): Promise<string> => {
      const where = path.join(userDir, name);
      await writeFile(where, content);
      return where;
    };
    const assertRefused = ({ status, text, headers }: CurlAnswer, expected: number, code: string): void => {
      assert.equal(status, expected, text);
      assert.ok(text.startsWith(`{"error":{"code":"${code}","message":`), text);
      assert.equal(headers.get('content-type'), 'application/json; charset=utf-8');
    };

    it('sends JSON at once, in chunks and compressed, and the flow gets the exact bytes', async () => {
      const body = Buffer.from('{ "Email" : "jörg@example.com",\r\n "n": 1.00 }');
      const payload = { Email: 'jörg@example.com', n: 1 };
      const plain = await file('body.json', body);
      const gzip = await file('body.json.gz', zlib.gzipSync(body));
      const digest = digestOf(body);
      const atOnce = await tell('told', ...asSender, ...asJson, '--data-binary', `@${plain}`);
      assert.deepEqual(atOnce, { payload, digest });
      const chunked = ['-T', plain, '-H', 'Transfer-Encoding: chunked', '-H', 'Expect: 100-continue'];
      assert.deepEqual(await tell('told', ...asSender, ...asJson, ...chunked), { payload, digest });
      const compressed = ['-H', 'Content-Encoding: gzip', '--data-binary', `@${gzip}`];
      assert.deepEqual(await tell('told', ...asSender, ...asJson, ...compressed), {
        payload,
        digest: digestOf(zlib.gzipSync(body)),
      });
    });

    it('sends forms, with files, and is sent on to the address of the form hook', async () => {
      const report = await file('résumé.csv', 'a,b\r\n');
      const { payload, files } = await tell(
        'told',
        ...asSender,
        '-F',
        'Email=a@b.example',
        '-F',
        `file=@${report}`,
      );
      assert.deepEqual(payload, { Email: 'a@b.example' });
      assert.deepEqual(
        files?.map(({ originalname, text }) => [originalname, text]),
        [['résumé.csv', 'a,b\r\n']],
      );
      const fields = ['--data-urlencode', 'Account Name=É & Söhne', '--data-urlencode', 'Score=9'];
      assert.deepEqual((await tell('told', ...asSender, ...fields)).payload, {
        'Account Name': 'É & Söhne',
        Score: '9',
      });
      const sentOn = await send('form', ...fields, '-d', 'redirect=https://evil.example');
      assert.deepEqual([sentOn.status, sentOn.headers.get('location')], [303, 'https://site.example/thanks']);
    });

    it('is refused a body that is too large, before it has sent it, and one that grows too large', async () => {
      const large = await file('large.json', `{"a":"${'x'.repeat(3_000_000)}"}`);
      const expect = ['-H', 'Expect: 100-continue', '--expect100-timeout', '8'];
      const refused = await send(
        'small',
        ...asJson,
        ...expect,
        '-w',
        ' sent %{size_upload}',
        '--data-binary',
        `@${large}`,
      );
      assertRefused(refused, 413, 'body_too_large');
      assert.match(refused.text, / sent 0$/);
      const bomb = await file('bomb.gz', zlib.gzipSync(Buffer.alloc(5_000_000, ' ')));
      const grown = await send(
        'small',
        ...asJson,
        '-H',
        'Content-Encoding: gzip',
        '--data-binary',
        `@${bomb}`,
      );
      assertRefused(grown, 413, 'body_too_large');
      assert.deepEqual((await tell('small', ...asJson, '-d', '{"a":1}')).payload, { a: 1 });
    });

    it('is refused what is malformed, of another type or by another method, without a trace of the server', async () => {
      assertRefused(await send('told', ...asSender, ...asJson, '-d', '{"a":'), 400, 'malformed_json');
      assertRefused(
        await send('told', ...asSender, '-H', 'Content-Type: text/plain', '-d', 'a'),
        415,
        'unsupported_type',
      );
      assertRefused(await send('told', '-d', 'a=1'), 401, 'unauthorized');
      const method = await send('told', ...asSender, '-X', 'DELETE');
      assertRefused(method, 405, 'method_not_allowed');
      assert.equal(method.headers.get('allow'), 'POST, PUT');
      assert.equal((await send('told', '-I')).status, 405);
    });

    it('may guess a password ten times, and more only where nobody was let in from its address', async () => {
      const guess = (id: string): Promise<CurlAnswer> => send(id, '-u', 'sender:guess', '-d', 'a=1');
      let limited = await guess('guessed');
      let count = 0;
      // One more each six seconds, which a slow machine may take.
      for (; limited.status === 401 && count < 30; count++) limited = await guess('guessed');
      assert.ok(count >= 10, `${count} guesses`);
      assertRefused(limited, 429, 'too_many_failures');
      assert.match(limited.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
      assertRefused(await send('guessed', ...asSender, '-d', 'a=1'), 429, 'too_many_failures');
      await tell('told', ...asSender, '-d', 'a=1');
      for (let n = 0; n < 12; n++) assertRefused(await guess('told'), 401, 'unauthorized');
    });

    it('is held to the rate of a hook, and to its addresses', async () => {
      const rated = await Promise.all(Array.from({ length: 12 }, () => send('rated', '-d', 'a=1')));
      const over = rated.filter(({ status }) => status !== 200);
      assert.ok(over.length > 0 && over.length < 12, `${over.length} of 12 were refused`);
      for (const answer of over) {
        assertRefused(answer, 429, 'rate_limited');
        assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
      }
      assertRefused(await send('far', '-d', 'a=1'), 403, 'address_not_allowed');
      await tell('near', '-d', 'a=1');
    });

    it('gets the first answer again for what it sends twice, also after a restart', async () => {
      const sendOnce = (id: string): Promise<CurlAnswer> => send('once', '-H', `X-Event: ${id}`, '-d', 'a=1');
      const [first, second, other] = [await sendOnce('1'), await sendOnce('1'), await sendOnce('2')];
      assert.deepEqual([first.status, second.status, other.status], [200, 200, 200]);
      assert.equal(second.text, first.text);
      assert.notEqual(other.text, first.text);
      await nodeRed.stop();
      nodeRed = await NodeRed.start({ userDir, settings });
      assert.equal((await sendOnce('1')).text, first.text);
    });
  });
