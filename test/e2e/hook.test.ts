import assert from 'node:assert/strict';
import { RawConnection } from '../support/gate-server.ts';
import { basicAuth, call } from '../support/http.ts';
import { neighbours } from '../support/neighbours.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { reachesSocketIo } from '../support/socket-io.ts';

const login = { username: 'jörg', password: 'pass:wörd' };

const hook = (id: string, changes: Record<string, unknown> = {}): FlowNode => ({
  id,
  z: 'tab',
  type: 'inbound-hook-in',
  name: `hook ${id}`,
  x: 100,
  y: 100,
  path: `/hooks/${id}`,
  wires: [['tell']],
  ...changes,
});

/** Tells what a message holds, to the sender who asked. */
const tell = `
  const { payload, rawBody, hook, files = [], req } = msg;
  const known = { payload, hook, raw: rawBody.toString('base64'), files: files.map(({ originalname, size }) => ({ originalname, size })),
    query: req.query, params: req.params, ip: req.ip, agent: req.get('x-agent'), cookies: req.cookies, body: req.body };
  if (msg.res) return { res: msg.res, payload: known, statusCode: 222, headers: { 'x-flow': 'yes' }, cookies: { seen: '1' } };
  global.set('received', [...(global.get('received') || []), known]);
`;
const flows: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'Hooks' },
  hook('received'),
  hook('flow', { respond: 'flow', auth: 'none', path: '/hooks/flow/:id' }),
  hook('silent', { respond: 'flow', auth: 'none', responseTimeout: 300, wires: [['later']] }),
  hook('form', { kind: 'form', redirect: '/thanks' }),
  hook('off', { active: false }),
  hook('locked', { path: '/hooks/locked' }),
  hook('editor', { path: '/flows', auth: 'none' }),
  hook('greedy', { path: '/:any', auth: 'none' }),
  hook('taken', { path: '/last', auth: 'none' }),
  { id: 'tell', z: 'tab', type: 'function', x: 300, y: 100, func: tell, wires: [['answer']] },
  // Answers long after the gate did, in a callback, where a throw would end Node-RED.
  {
    id: 'later',
    z: 'tab',
    type: 'function',
    x: 300,
    y: 100,
    func: "setTimeout(() => msg.res.status(200).set('a', 'b').send('late'), 600);",
    wires: [[]],
  },
  { id: 'answer', z: 'tab', type: 'http response', x: 300, y: 100, wires: [] },
  { id: 'last', z: 'tab', type: 'http in', x: 300, y: 100, url: '/last', method: 'get', wires: [['read']] },
  {
    id: 'read',
    z: 'tab',
    type: 'function',
    x: 300,
    y: 100,
    func: "msg.payload = global.get('received') || []; return msg;",
    wires: [['answer']],
  },
];

interface Told {
  readonly payload: unknown;
  readonly raw: string;
  readonly hook: Record<string, unknown>;
  readonly [name: string]: unknown;
}

describe('Hooks on a real Node-RED with default roots', function () {
  this.timeout(60_000);
  let userDir: string;
  let nodeRed: NodeRed;

  before(async () => {
    userDir = await makeUserDir();
    await neighbours(userDir);
    nodeRed = await NodeRed.start({ userDir, flows, credentials: { received: login } });
  });
  after(async () => {
    await nodeRed.stop();
    await removeUserDir(userDir);
  });

  const send = (path: string, request: Parameters<typeof call>[1] = {}) =>
    call(`${nodeRed.url}${path}`, { method: 'POST', basic: login, ...request });
  const received = async (): Promise<Told[]> => (await call(`${nodeRed.url}/last`)).json() as Told[];
  const lastReceived = async (): Promise<Told> => {
    const told = (await received()).at(-1);
    assert.ok(told);
    return told;
  };

  it('receive JSON with its exact bytes, which the editor before them would have parsed away', async () => {
    const body = Buffer.from('{ "Email" : "x@y.z",\r\n "n": 1.00, "text": "é\\u00e9" }');
    const answer = await send('/hooks/received?Touchpoint=web', {
      body,
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(answer.status, 200);
    const told = await lastReceived();
    assert.deepEqual(Buffer.from(told.raw, 'base64'), body);
    assert.deepEqual(told.payload, { Touchpoint: 'web', Email: 'x@y.z', n: 1, text: 'éé' });
    assert.deepEqual(answer.json(), { accepted: true, id: told.hook['requestId'] });
    const { requestId, receivedAt, ...known } = told.hook;
    assert.match(String(requestId), /^[\w-]{36}$/);
    assert.match(String(receivedAt), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.deepEqual(known, {
      id: 'received',
      name: 'hook received',
      path: '/hooks/received',
      method: 'POST',
      remoteAddress: '127.0.0.1',
      contentType: 'application/json',
      keyName: null,
      verified: false,
      redelivered: false,
    });
  });

  it('receive urlencoded and multipart forms, and fields in the query of a PUT', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    assert.equal((await send('/hooks/received', { body: 'Account+Name=%C3%89', headers })).status, 200);
    assert.deepEqual((await lastReceived()).payload, { 'Account Name': 'É' });

    const form = new FormData();
    form.set('Email', 'a@b.c');
    form.set('file', new Blob(['x,y']), 'a.csv');
    const authorization = basicAuth(login);
    await fetch(`${nodeRed.url}/hooks/received`, { method: 'POST', headers: { authorization }, body: form });
    const told = await lastReceived();
    assert.deepEqual(told.payload, { Email: 'a@b.c' });
    assert.deepEqual(told['files'], [{ originalname: 'a.csv', size: 3 }]);

    assert.equal((await send('/hooks/received?Email=john.doe@example.com', { method: 'PUT' })).status, 200);
    assert.deepEqual((await lastReceived()).payload, { Email: 'john.doe@example.com' });
  });

  it('refuse before the body is sent, also without credentials of their own', async () => {
    const before = (await received()).length;
    for (const path of ['/hooks/received', '/hooks/locked']) {
      const connection = await RawConnection.open(nodeRed.port);
      connection.send([
        `POST ${path} HTTP/1.1`,
        'Host: x',
        'Content-Type: application/json',
        'Content-Length: 30000000',
      ]);
      await connection.waitFor('HTTP/1.1 401');
      await connection.waitFor('{"error":{"code":"unauthorized"');
      connection.close();
    }
    assert.equal((await received()).length, before);
  });

  it('refuse malformed JSON as JSON, without a trace of the server', async () => {
    const answer = await send('/hooks/received', {
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.json(), { error: { code: 'malformed_json', message: 'The body is not JSON.' } });
  });

  it('let the flow answer through a core http response', async () => {
    const headers = { cookie: 'a=b%20c', 'x-agent': 'smith' };
    const answer = await send('/hooks/flow/12?x[]=1&x[]=2', { body: { a: 1 }, headers });
    assert.equal(answer.status, 222);
    assert.equal(answer.headers.get('x-flow'), 'yes');
    assert.match(answer.headers.get('set-cookie') ?? '', /^seen=1/);
    const { query, params, ip, agent, cookies, body } = answer.json() as Told;
    assert.deepEqual(
      { query, params, ip, agent, cookies, body },
      {
        query: { x: ['1', '2'] },
        params: { id: '12' },
        ip: '127.0.0.1',
        agent: 'smith',
        cookies: { a: 'b c' },
        body: { a: 1 },
      },
    );
  });

  it('answer JSON also where the query has a field that Express would make a script for', async () => {
    const answer = await send('/hooks/flow/1?callback=alert', { body: {} });
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.deepEqual((answer.json() as Told).payload, { callback: 'alert' });
  });

  it('answer 504 for a flow that does not, and survive its late answer', async () => {
    const answer = await send('/hooks/silent');
    assert.equal(answer.status, 504);
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal((await send('/hooks/received')).status, 200);
    assert.ok(nodeRed.isRunning);
  });

  it('redirect after a form, and answer 404 while inactive', async () => {
    const form = await send('/hooks/form', {
      body: 'a=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    assert.equal(form.status, 303);
    assert.equal(form.headers.get('location'), '/thanks');
    const off = await send('/hooks/off');
    assert.deepEqual(
      [off.status, (off.json() as { error: { code: string } }).error.code],
      [404, 'not_found'],
    );
  });

  it('leave the paths of the editor and of other nodes alone', async () => {
    assert.equal((await nodeRed.admin('flows')).status, 200);
    assert.equal((await call(`${nodeRed.url}/last`)).status, 200);
    const unknown = await send('/hooks/unknown');
    assert.equal(unknown.status, 404);
    assert.match(unknown.text, /Cannot POST/);
    for (const id of ['editor', 'greedy', 'taken', 'locked'])
      assert.ok(
        nodeRed.errors.some((line) => line.includes(`[inbound-hook-in:hook ${id}]`)),
        id,
      );
  });

  it('stand beside socket.io that came before them, and that came after them', async () => {
    for (const path of ['/before', '/after']) assert.equal(await reachesSocketIo(nodeRed.url, path), true);
    assert.match(nodeRed.output, /before: no gate yet/);
    assert.match(nodeRed.output, /after: there is a gate/);
  });

  it('are there once after every deploy, and answer nothing but 200 and 503 during one', async () => {
    const statuses = new Set<number>();
    const deploys = new AbortController();
    const sending = (async () => {
      while (!deploys.signal.aborted) statuses.add((await send('/hooks/received?load=1')).status);
    })();
    for (const type of ['full', 'nodes', 'full', 'flows'] as const) {
      const changed = flows.map((node) => (node.id === 'received' ? { ...node, info: type } : node));
      await nodeRed.deploy(changed, type);
    }
    deploys.abort();
    await sending;
    assert.deepEqual(
      [...statuses].filter((status) => status !== 200 && status !== 503),
      [],
    );
    const before = (await received()).length;
    assert.equal((await send('/hooks/received')).status, 200);
    assert.equal((await received()).length, before + 1);
    assert.equal(await reachesSocketIo(nodeRed.url, '/after'), true);
  });

  it('answer 503 to what waits for a flow when it is deployed', async () => {
    const patient = flows.map((node) =>
      node.id === 'silent' ? { ...node, responseTimeout: 30_000, wires: [[]] } : node,
    );
    await nodeRed.deploy(patient);
    const waiting = send('/hooks/silent');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await nodeRed.deploy(flows);
    const answer = await waiting;
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get('retry-after'), '5');
  });

  it('are gone when their node is', async () => {
    await nodeRed.deploy(flows.filter(({ id }) => id !== 'received'));
    assert.match((await send('/hooks/received')).text, /Cannot POST/);
  });
});
