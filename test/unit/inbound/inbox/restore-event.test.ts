import assert from 'node:assert/strict';
import { restoreEvent } from '../../../../src/inbound/inbox/restore-event.ts';

const head = {
  method: 'POST',
  path: '/hooks/a',
  url: '/hooks/a?x=1',
  search: 'x=1',
  parameters: {},
  headers: { 'content-type': 'application/json', 'content-length': '7' },
  remoteAddress: '127.0.0.1',
  contentType: 'application/json',
  keyName: null,
  bodyLimit: 1000,
};
const restore = (changes: object = {}, body = '{"a":1}') =>
  restoreEvent({
    id: 'e1',
    hookId: 'hook',
    receivedAt: 5,
    head: JSON.stringify({ ...head, ...changes }),
    body: Uint8Array.from(Buffer.from(body)),
  });

describe('A kept event', () => {
  it('is read again as the request it was', async () => {
    const { requestId, receivedAt, payload, query, rawBody, signature, request } = await restore();
    assert.deepEqual([requestId, receivedAt, payload, query], ['e1', 5, { x: '1', a: 1 }, { x: '1' }]);
    assert.ok(Buffer.isBuffer(rawBody));
    assert.equal(signature, undefined);
    assert.equal(request.url, '/hooks/a?x=1');
  });

  it('takes nothing from a query that its signature does not cover', async () => {
    const signature = { scheme: 'slack', keyUsed: 'current', signsUrl: false };
    assert.deepEqual((await restore({ signature })).payload, { a: 1 });
    assert.deepEqual((await restore({ signature: { ...signature, signsUrl: true } })).payload, {
      x: '1',
      a: 1,
    });
  });

  it('is refused where it is none any more', async () => {
    const unreadable = { code: 'HOOK_MESSAGE_UNREADABLE' };
    await assert.rejects(restore({}, '{"a":'), unreadable);
    await assert.rejects(restore({ headers: undefined }), unreadable);
    await assert.rejects(restore({ headers: null }), unreadable);
    await assert.rejects(
      restore({ headers: { 'content-type': 'text/x', 'content-length': '7' } }),
      unreadable,
    );
    await assert.rejects(restore({ search: '%' }), unreadable);
    for (const text of ['', '{', 'null', '5', '[]'])
      await assert.rejects(
        restoreEvent({ id: 'e1', hookId: 'hook', receivedAt: 5, head: text, body: new Uint8Array() }),
        unreadable,
      );
  });
});
