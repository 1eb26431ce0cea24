import assert from 'node:assert/strict';
import { everyAddress } from '../../../src/address-list.ts';
import { noAuthentication } from '../../../src/inbound/authenticators/none.ts';
import { HookActivity } from '../../../src/inbound/hook-activity.ts';
import type { InboundHook } from '../../../src/inbound/hook.ts';
import { decideClaims, type ForeignRoute, type PathClaim } from '../../../src/inbound/path-claims.ts';
import { parseHookPath } from '../../../src/inbound/path-pattern.ts';

const patternOf = (path: string) => {
  const pattern = parseHookPath(path);
  assert.ok(typeof pattern === 'object');
  return pattern;
};

function claim(path: string, methods = ['POST']): PathClaim {
  const hook: InboundHook = {
    id: path,
    name: '',
    root: '',
    path,
    methods,
    authenticator: noAuthentication,
    signing: undefined,
    isGuardedByHost: false,
    answer: { by: 'gate', statusCode: 200 },
    keeping: undefined,
    allowedAddresses: everyAddress,
    ratePerSecond: 0,
    bodyLimit: 1000,
    activity: new HookActivity(),
    onRouted: () => undefined,
    accept: () => undefined,
  };
  return { hook, pattern: patternOf(path) };
}

const foreign = (name: string, changes: Partial<ForeignRoute> = {}): ForeignRoute => ({
  owner: 'node',
  name,
  pattern: patternOf(name),
  isTerritory: false,
  ...changes,
});

const decide = (claims: PathClaim[], routes: ForeignRoute[] = []) => [
  ...decideClaims(claims, routes).values(),
];

describe('Claims to paths', () => {
  it('are granted where nobody else is', () => {
    assert.deepEqual(decide([claim('/hooks/a'), claim('/hooks/b')], [foreign('/hooks/c')]), [
      undefined,
      undefined,
    ]);
  });

  it('are granted to two hooks of one path that share no method', () => {
    assert.deepEqual(decide([claim('/hooks/a', ['POST']), claim('/hooks/a', ['PUT'])]), [
      undefined,
      undefined,
    ]);
  });

  it('are granted to the first of two hooks that want the same requests', () => {
    const taken = (name: string) => [undefined, { code: 'path_taken', by: 'hook', name }];
    assert.deepEqual(decide([claim('/hooks/a'), claim('/hooks/a')]), taken('/hooks/a'));
    assert.deepEqual(decide([claim('/hooks/a'), claim('/hooks/:id')]), taken('/hooks/a'));
    assert.deepEqual(decide([claim('/hooks/:id'), claim('/hooks/a')]), taken('/hooks/:id'));
  });

  it('are refused where a hook equals or covers a route of another node', () => {
    const refused = { code: 'path_taken', by: 'node', name: '/hooks/a' };
    assert.deepEqual(decide([claim('/hooks/a')], [foreign('/hooks/a')]), [refused]);
    assert.deepEqual(decide([claim('/hooks/:id')], [foreign('/hooks/a')]), [refused]);
    assert.deepEqual(decide([claim('/hooks/a')], [foreign('/hooks/:id')]), [undefined]);
  });

  it('are refused everywhere below what belongs to the editor', () => {
    const editor = foreign('/flow', { owner: 'editor', isTerritory: true });
    assert.deepEqual(decide([claim('/flow/x')], [editor]), [
      { code: 'path_taken', by: 'editor', name: '/flow' },
    ]);
    assert.deepEqual(decide([claim('/flow2')], [editor]), [undefined]);
  });
});
