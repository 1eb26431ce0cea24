import assert from 'node:assert/strict';
import type { CorsOptions } from 'cors';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { corsMiddleware, type CorsSetting } from '../../../../nodes/shared/runtime/gate/cors.ts';
import { runMiddleware } from '../../../../nodes/shared/runtime/gate/middleware.ts';
import { call, type Response } from '../../../support/http.ts';

const PAGE = 'https://page.example';

describe('httpNodeCors in front of hooks', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  async function ask(options: CorsSetting, request: Parameters<typeof call>[1] = {}): Promise<Response> {
    const server = createServer((incoming, response) => {
      runMiddleware([corsMiddleware(options)], incoming, response)
        .then((admission) => admission === 'admitted' && response.end('hook'))
        .catch((error: unknown) => response.writeHead(500).end((error as Error).message));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return call(url, { headers: { origin: PAGE }, ...request });
  }

  const allowed = (answer: Response) => answer.headers.get('access-control-allow-origin');

  it('allows every origin where none is named', async () => {
    const answer = await ask({});
    assert.deepEqual([allowed(answer), answer.headers.get('vary'), answer.text], ['*', null, 'hook']);
  });

  const origins: [string, CorsOptions['origin'], string | null][] = [
    ['a text', PAGE, PAGE],
    ['another text', 'https://other.example', 'https://other.example'],
    ['a list with it', ['https://other.example', PAGE], PAGE],
    ['a list without it', ['https://other.example'], null],
    ['an expression', /page\.example$/, PAGE],
    ['an expression for others', /other/, null],
    ['true', true, PAGE],
    ['false', false, null],
    [
      'a function that allows',
      (_: unknown, done: (error: null, value: boolean) => void) => done(null, true),
      PAGE,
    ],
    [
      'a function that does not',
      (_: unknown, done: (error: null, value: boolean) => void) => done(null, false),
      null,
    ],
  ];
  for (const [what, origin, expected] of origins)
    it(`answers ${expected ?? 'nothing'} for ${what}`, async () => {
      const answer = await ask({ origin });
      assert.deepEqual([allowed(answer), answer.text], [expected, 'hook']);
    });

  it('answers a preflight itself', async () => {
    const headers = { origin: PAGE, 'access-control-request-headers': 'authorization' };
    const answer = await ask(
      { credentials: true, maxAge: 60, exposedHeaders: ['x', 'y'] },
      { method: 'OPTIONS', headers },
    );
    assert.equal(answer.status, 204);
    const given = ['methods', 'headers', 'credentials'].map((name) =>
      answer.headers.get(`access-control-allow-${name}`),
    );
    assert.deepEqual(given, ['GET,HEAD,PUT,PATCH,POST,DELETE', 'authorization', 'true']);
    assert.equal(answer.headers.get('access-control-max-age'), '60');
    assert.equal(answer.headers.get('access-control-expose-headers'), 'x,y');
  });

  it('takes named methods and headers, another status, and a preflight that goes on', async () => {
    const options = { methods: ['PUT', 'POST'], allowedHeaders: 'x-a,x-b', optionsSuccessStatus: 200 };
    const answer = await ask(options, { method: 'OPTIONS' });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('access-control-allow-methods'), 'PUT,POST');
    assert.equal(answer.headers.get('access-control-allow-headers'), 'x-a,x-b');
    assert.equal((await ask({ preflightContinue: true }, { method: 'OPTIONS' })).text, 'hook');
  });

  it('asks a function for its options, and fails with it', async () => {
    assert.equal(allowed(await ask((_, done) => done(null, { origin: PAGE }))), PAGE);
    assert.equal((await ask((_, done) => done(new Error('broken')))).status, 500);
  });
});
