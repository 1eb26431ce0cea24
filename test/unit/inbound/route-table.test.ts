import assert from 'node:assert/strict';
import { parseHookPath } from '../../../src/inbound/path-pattern.ts';
import { RouteTable } from '../../../src/inbound/route-table.ts';

function table(...paths: string[]): RouteTable<string> {
  const routes = new RouteTable<string>();
  for (const path of paths) {
    const pattern = parseHookPath(path);
    assert.ok(typeof pattern === 'object');
    routes.add(pattern, path);
  }
  return routes;
}

const targets = (routes: RouteTable<string>, path: string): string[] =>
  routes.match(path).map(({ target }) => target);

describe('A route table', () => {
  it('finds a literal path, with or without a slash at its end', () => {
    const routes = table('/hooks/a');
    assert.deepEqual(targets(routes, '/hooks/a'), ['/hooks/a']);
    assert.deepEqual(targets(routes, '/hooks/a/'), ['/hooks/a']);
    assert.deepEqual(targets(routes, '/hooks/a//'), []);
  });

  it('finds nothing at what only begins like a path, or in letters of another size', () => {
    const routes = table('/hooks/Ab');
    for (const path of ['/hooks', '/hooks/Ab/c', '/hooks/ab', '', '*', 'http://x/hooks/Ab'])
      assert.deepEqual(targets(routes, path), []);
  });

  it('finds a path however it is percent-encoded, but takes no encoded slash for a slash', () => {
    const routes = table('/hooks/équipe');
    assert.deepEqual(targets(routes, '/hooks/%C3%A9quipe'), ['/hooks/équipe']);
    assert.deepEqual(targets(routes, '/h%6Foks/%c3%a9quipe'), ['/hooks/équipe']);
    assert.deepEqual(targets(table('/hooks/a'), '/hooks%2Fa'), []);
    assert.deepEqual(targets(table('/hooks/a'), '/hooks/a%'), []);
  });

  it('tries literal paths before those with parameters', () => {
    const routes = table('/hooks/:id', '/hooks/a');
    assert.deepEqual(targets(routes, '/hooks/a'), ['/hooks/a']);
    assert.deepEqual(targets(routes, '/hooks/b'), ['/hooks/:id']);
  });

  it('gives parameters decoded, and none that is empty', () => {
    const routes = table('/hooks/:id/:part');
    assert.deepEqual(routes.match('/hooks/a%2Fb/%C3%A9')[0]?.parameters, { id: 'a/b', part: 'é' });
    assert.deepEqual(targets(routes, '/hooks//b'), []);
  });

  it('tells a malformed parameter from one that is not there', () => {
    assert.deepEqual(table('/hooks/:id').match('/hooks/%zz'), [
      { target: '/hooks/:id', parameters: undefined },
    ]);
  });
});
