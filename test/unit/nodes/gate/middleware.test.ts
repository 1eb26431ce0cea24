import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import {
  runMiddleware,
  toMiddleware,
  type Middleware,
} from '../../../../nodes/shared/runtime/gate/middleware.ts';

const run = (handlers: readonly Middleware[]) => {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  return { response, admission: runMiddleware(handlers, request, response) };
};

describe('Handlers in front of hooks', () => {
  it('run one after the other', async () => {
    const steps: number[] = [];
    const step =
      (number: number): Middleware =>
      (_request, _response, next) => {
        setImmediate(() => {
          steps.push(number);
          next();
        });
      };
    assert.equal(await run([step(1), step(2), step(3)]).admission, 'admitted');
    assert.deepEqual(steps, [1, 2, 3]);
  });

  const broken: Record<string, Middleware> = {
    'one that throws': () => {
      throw new Error('broken');
    },
    'one that rejects': () => Promise.reject(new Error('broken')),
    'one that rejects with nothing': () => ({ then: (_resolve: unknown, reject: () => void) => reject() }),
    'one that hands on an error': (_request, _response, next) => next(new Error('broken')),
    'one that hands on a text': (_request, _response, next) => next('broken'),
  };
  for (const [what, handler] of Object.entries(broken))
    it(`stop at ${what}`, async () => {
      let isReached = false;
      await assert.rejects(run([handler, () => (isReached = true)]).admission);
      assert.equal(isReached, false);
    });

  it('end with the connection where one neither answers nor goes on', async () => {
    const { response, admission } = run([() => undefined]);
    response.destroy();
    assert.equal(await admission, 'answered');
  });

  it('are one function, a list, or lists in lists', () => {
    const one: Middleware = () => undefined;
    // Express tells handlers of errors by their four parameters.
    const errorHandler = Object.defineProperty(() => undefined, 'length', { value: 4 });
    assert.deepEqual(toMiddleware(one), [one]);
    assert.deepEqual(toMiddleware([one, [one]]), [one, one]);
    for (const none of [undefined, 'x', {}, errorHandler]) assert.deepEqual(toMiddleware(none), []);
  });
});
