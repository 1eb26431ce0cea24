import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Application } from 'express';
import { answerTexts, ApiError } from '../../../../nodes/shared/runtime/admin-api/guard.ts';
import { until } from '../../../support/until.ts';

/** The Express that Node-RED brings. */
const express = createRequire(createRequire(import.meta.url).resolve('node-red'))(
  'express',
) as () => Application;

const TEXT = 'x'.repeat(64 * 1024);
/** More than all buffers between the two ends take. */
const MANY = 2000;

describe('An answer of many texts', () => {
  let server: Server;
  let url: string;
  let make: () => AsyncGenerator<string>;
  let madeCount: number;
  let hasEnded: boolean;

  beforeEach(async () => {
    madeCount = 0;
    hasEnded = false;
    make = () => texts(3);
    const app = express();
    app.get(
      '/',
      answerTexts({ contentType: 'text/plain', fileName: 'texts.txt' }, () => Promise.resolve(make())),
    );
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function* texts(count: number): AsyncGenerator<string> {
    try {
      for (; madeCount < count; madeCount++) {
        await new Promise((resolve) => setImmediate(resolve));
        yield TEXT;
      }
    } finally {
      hasEnded = true;
    }
  }
  async function* failing(error: Error, count = 0): AsyncGenerator<string> {
    yield* texts(count);
    throw error;
  }
  const open = async (): Promise<IncomingMessage> =>
    ((await once(get(url), 'response')) as [IncomingMessage])[0];

  it('sends all of them', async () => {
    const response = await fetch(url);
    assert.equal(await response.text(), TEXT.repeat(3));
    assert.ok(hasEnded);
  });

  it('sends nothing where there is none', async () => {
    make = () => texts(0);
    const response = await fetch(url);
    assert.deepEqual([response.status, await response.text()], [200, '']);
  });

  it('makes no more than the client takes, and stops when it goes', async () => {
    make = () => texts(MANY);
    const response = await open();
    // It reads nothing: what is made fills the buffers of both ends, and that is all.
    let before = -1;
    await until(
      () => {
        const isAtRest = madeCount === before;
        before = madeCount;
        return isAtRest;
      },
      { what: () => 'the texts to stop', everyMs: 100 },
    );
    assert.ok(madeCount < MANY / 2, `${madeCount} texts were made`);
    response.destroy();
    await until(() => hasEnded, { what: () => 'the end of the texts' });
    assert.ok(madeCount < MANY / 2 + 10);
  });

  it('answers an error that comes before the first', async () => {
    make = () => failing(new ApiError(400, 'invalid_query', 'No.'));
    const response = await fetch(url);
    assert.equal(response.status, 400);
    assert.deepEqual(await response.json(), { error: { code: 'invalid_query', message: 'No.' } });
  });

  it('breaks off where an error comes later', async () => {
    make = () => failing(new Error('The store is gone.'), 2);
    await assert.rejects(fetch(url).then((response) => response.text()));
  });

  it('makes nothing for who asks for the head alone', async () => {
    make = () => texts(MANY);
    const response = await fetch(url, { method: 'HEAD' });
    assert.equal(response.status, 200);
    await until(() => hasEnded, { what: () => 'the end of the texts' });
    assert.equal(madeCount, 0);
  });
});
