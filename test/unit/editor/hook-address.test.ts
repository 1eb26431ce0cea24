import assert from 'node:assert/strict';
import {
  curlLine,
  hookUrl,
  newHookCredentials,
  newHookPath,
} from '../../../nodes/shared/editor/hook-address.ts';
import { isHookPath, isSamePath } from '../../../nodes/shared/editor/hook-path.ts';

describe('newHookPath', () => {
  it('gives a path that nobody can guess and a hook can have', () => {
    const paths = new Set(Array.from({ length: 100 }, newHookPath));
    assert.equal(paths.size, 100);
    for (const path of paths) {
      assert.match(path, /^\/hooks\/[A-Za-z0-9_-]{22}$/);
      assert.ok(isHookPath(path));
    }
  });
});

describe('newHookCredentials', () => {
  it('gives a user name and password without a colon', () => {
    const { username, password } = newHookCredentials();
    assert.match(username, /^hook-[A-Za-z0-9_-]{8}$/);
    assert.match(password, /^[A-Za-z0-9_-]{32}$/);
  });
});

describe('hookUrl', () => {
  it('puts the root of HTTP nodes between origin and path', () => {
    assert.equal(hookUrl('http://localhost:1880', '/', '/hooks/a'), 'http://localhost:1880/hooks/a');
    assert.equal(hookUrl('http://localhost:1880', '/api/', '/hooks/a'), 'http://localhost:1880/api/hooks/a');
    assert.equal(hookUrl('http://localhost:1880', 'api', 'hooks/a'), 'http://localhost:1880/api/hooks/a');
  });
});

describe('isHookPath', () => {
  for (const path of ['/hooks/a', '/a', '/hooks/:customer'])
    it(`takes ${path}`, () => assert.ok(isHookPath(path)));
  for (const path of ['', '/', 'hooks', '/:any', '/*', '/a b', '/a/../b'])
    it(`refuses ${path || 'nothing'}`, () => assert.ok(!isHookPath(path)));
});

describe('isSamePath', () => {
  it('finds paths that would get the same requests', () => {
    assert.ok(isSamePath('/hooks/a', '/HOOKS/a/'));
    assert.ok(isSamePath('/hooks/a', '/hooks/:id'));
    assert.ok(!isSamePath('/hooks/a', '/hooks/b'));
    assert.ok(!isSamePath('', ''));
  });
});

describe('curlLine', () => {
  const url = 'http://localhost:1880/hooks/a';

  it('sends JSON with the credentials', () => {
    const credentials = { username: 'hook-1', password: 'secret' };
    assert.equal(
      curlLine({ url, method: 'POST', kind: 'webhook', credentials }),
      `curl -u 'hook-1:secret' -H 'Content-Type: application/json' -d '{"Email":"john.doe@example.com"}' '${url}'`,
    );
  });

  it('sends a form without credentials', () => {
    assert.equal(
      curlLine({ url, method: 'PUT', kind: 'form' }),
      `curl -X PUT -d 'Email=john.doe@example.com' '${url}'`,
    );
  });

  it('sends a key as a Bearer token, or as it is in a header of its own', () => {
    const line = (header: string): string =>
      curlLine({ url, method: 'POST', kind: 'webhook', apiKey: { header, key: 'shk_1' } });
    assert.ok(
      line('Authorization').startsWith("curl -H 'Authorization: Bearer shk_1' -H "),
      line('Authorization'),
    );
    assert.ok(line('X-Api-Key').startsWith("curl -H 'X-Api-Key: shk_1' -H "), line('X-Api-Key'));
  });

  it('lets no quote end its text early', () => {
    const credentials = { username: "o'brien", password: '$(date)' };
    assert.match(
      curlLine({ url, method: 'POST', kind: 'webhook', credentials }),
      /-u 'o'\\''brien:\$\(date\)' /,
    );
  });
});
