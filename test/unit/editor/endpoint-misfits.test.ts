import assert from 'node:assert/strict';
import { misfitsOf } from '../../../nodes/shared/editor/endpoint-misfits.ts';
import { FORMAT_FACTS } from '../../../src/survey/formats/format-facts.ts';

const settingsOf = (endpoint: object, format: string): string[] =>
  misfitsOf(endpoint, format).map(({ setting, current, wanted }) => `${setting} ${current} -> ${wanted}`);

describe('misfitsOf', () => {
  it('finds a success rule that misses what the target answers', () => {
    for (const success of ['200', '200,204', '202'])
      assert.deepEqual(settingsOf({ success, method: 'POST' }, 'freshdesk-ticket'), [
        `success ${success} -> 2xx`,
      ]);
    for (const success of ['2xx', ' 2XX ', '201', '200,201'])
      assert.deepEqual(settingsOf({ success, method: 'POST' }, 'freshdesk-ticket'), []);
    assert.deepEqual(settingsOf({ success: '200' }, 'slack'), []);
    assert.deepEqual(settingsOf({ success: '200' }, 'teams'), ['success 200 -> 2xx']);
  });

  it('finds another method than the target takes', () => {
    assert.deepEqual(settingsOf({ method: 'POST' }, 'zendesk-comment'), ['method POST -> PUT']);
    assert.deepEqual(settingsOf({ method: 'GET', success: '200' }, 'jira-request'), [
      'method GET -> POST',
      'success 200 -> 2xx',
    ]);
  });

  it('takes the default for what is missing', () => {
    for (const format of Object.keys(FORMAT_FACTS))
      assert.deepEqual(settingsOf({}, format), format === 'zendesk-comment' ? ['method POST -> PUT'] : []);
  });

  it('offers what fits', () => {
    for (const format of Object.keys(FORMAT_FACTS)) {
      const misfits = misfitsOf({ method: 'DELETE', success: '404' }, format);
      const mended = Object.fromEntries(misfits.map(({ setting, wanted }) => [setting, wanted]));
      assert.equal(misfits.length, format === 'cio-pulse' ? 0 : 2);
      assert.deepEqual(misfitsOf(mended, format), []);
    }
  });

  it('does not judge what is not known: a rule from the environment or of no sense, a target of any kind', () => {
    assert.deepEqual(settingsOf({ success: '${RULE}' }, 'freshdesk-ticket'), []);
    assert.deepEqual(settingsOf({ success: 'soon' }, 'freshdesk-ticket'), []);
    for (const format of ['cio-pulse', 'template', 'toString', ''])
      assert.deepEqual(settingsOf({ method: 'PUT', success: '404' }, format), []);
  });
});
