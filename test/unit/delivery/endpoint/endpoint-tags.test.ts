import assert from 'node:assert/strict';
import { parseEndpoint, type EndpointSettings } from '../../../../src/delivery/endpoint/endpoint-settings.ts';

function problemsOf(settings: Partial<EndpointSettings>): string[] {
  const parsed = parseEndpoint({ id: 'e', url: 'https://x.example/', ...settings });
  return parsed.kind === 'invalid'
    ? parsed.problems.map(({ setting, message }) => `${setting}: ${message}`)
    : [];
}
const inUrl = (tag: string) => problemsOf({ url: `https://x.example/?q=${tag}` });

describe('The dynamic tags of an endpoint', () => {
  for (const tag of [
    'ticketId',
    'survey.respondent.email',
    'payload.a.0.b',
    'env.NAME',
    'delivery.id',
    'delivery.webhookId',
    'req.query.id',
    'req.headers.x-request-id',
    'req.method',
    'payload.token',
    'external.group.key',
    'external.A group.result.items.0.id',
  ])
    it(`can be {{${tag}}}`, () => {
      assert.deepEqual(inUrl(`{{${tag}}}`), []);
      assert.deepEqual(problemsOf({ headers: [{ name: 'X-A', value: `a {{${tag}}}` }] }), []);
      assert.deepEqual(problemsOf({ credentials: { secretUrl: `https://x.example/{{${tag}}}` } }), []);
    });

  for (const [tag, why] of [
    ['env', /names no variable/],
    ['delivery.attempts', /delivery\.id/],
    ['delivery', /delivery\.id/],
    ['external', /names no value/],
    ['external.group', /write \{\{external\.group\.parameter\}\}/],
    ['msg.payload.id', /write \{\{payload\.id\}\}/],
    ['req', /credential/],
    ['req.headers', /credential/],
    ['req.headers.authorization', /credential/],
    ['req.headers.x-api-key', /credential/],
    ['req.query.token', /credential/],
    ['req.cookies.sid', /credential/],
    ['req.socket', /credential/],
    ['headers.set-cookie', /credential/],
    ['headers', /credential/],
    ['res', /credential/],
    ['#each', /is no dynamic tag/],
    ['{a}', /is no dynamic tag/],
  ] as const)
    it(`cannot be {{${tag}}}`, () => {
      const [problem = '', ...others] = inUrl(`{{${tag}}}`);
      assert.deepEqual(others, []);
      assert.match(problem, /^url: /);
      assert.match(problem, why);
      const [inHeader = ''] = problemsOf({
        headers: [{}, { name: 'X-A', value: '1' }, { name: 'X-B', value: `{{${tag}}}` }],
      });
      assert.match(inHeader, /^headers: Header 2: /);
      assert.match(inHeader, why);
    });

  it('stand before the path of no URL', () => {
    for (const url of [
      'https://{{a}}.example/',
      'https://x.example:{{a}}/',
      'https://{{a}}@x.example/',
      '{{a}}',
    ]) {
      assert.match(problemsOf({ url })[0] ?? '', /^url: A dynamic tag stands before its path/);
      assert.match(problemsOf({ credentials: { secretUrl: url } })[0] ?? '', /^url: A dynamic tag stands/);
    }
  });

  it('are complete', () => {
    assert.match(inUrl('{{a')[0] ?? '', /not complete/);
    assert.match(problemsOf({ headers: [{ name: 'X-A', value: '{{a' }] })[0] ?? '', /not complete/);
    assert.deepEqual(problemsOf({ headers: [{ name: 'X-A', value: '{"a":{"b":"{{c}}"}}' }] }), []);
  });

  it('are no part of the name of a header', () => {
    assert.deepEqual(problemsOf({ headers: [{ name: 'X-{{a}}', value: 'b' }] }), [
      'headers: Header 1: this is not the name of a header.',
    ]);
  });

  it('can have names that no header could hold', () => {
    assert.deepEqual(problemsOf({ headers: [{ name: 'X-A', value: '{{payload.Größe €}}' }] }), []);
  });
});
