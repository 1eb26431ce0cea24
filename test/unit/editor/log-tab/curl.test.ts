import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { curlText } from '../../../../nodes/webhook-log-tab/editor/detail/curl.ts';

const request = {
  method: 'POST',
  url: 'https://receiver.example/a?b=c',
  headers: { 'Content-Type': 'application/json' },
  body: '{"a":1}',
};

/** What a shell makes of the last word of each command. */
function lastWords(commands: readonly string[]): string[] {
  const script = commands.map((command) => command.replace(/^curl /, 'last ')).join('\n');
  const shell = `last() { printf '%s\\0' "\${@: -1}"; }\n${script}`;
  const output = execFileSync('bash', ['--norc', '-c', shell], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8' },
  });
  return output.split('\0').slice(0, -1);
}

describe('A request as a command', () => {
  it('says the same to the receiver', () => {
    assert.equal(
      curlText(request),
      [
        "curl -X POST 'https://receiver.example/a?b=c' \\",
        "  -H 'Content-Type: application/json' \\",
        '  --data-raw \'{"a":1}\'',
      ].join('\n'),
    );
  });

  it('has a placeholder for each secret', () => {
    const masked = { 'X-Api-Key': '[secret]', authorization: 'Bearer [secret]' };
    const text = curlText({ ...request, url: 'https://h/[secret]/x', headers: masked });
    assert.match(text, /X-Api-Key: <x-api-key>/);
    assert.match(text, /authorization: Bearer <authorization>/);
    assert.match(text, /https:\/\/h\/<secret>\/x/);
    assert.doesNotMatch(text, /\[secret\]/);
  });

  it('has no body where none is sent, and no address where none is known', () => {
    assert.doesNotMatch(curlText({ ...request, method: 'GET' }), /--data/);
    assert.match(curlText({ ...request, method: null, url: null }), /^curl -X POST '<url>'/);
  });

  it('holds nothing that a terminal or a shell obeys', () => {
    const hostile = "'; rm -rf ~ #`id`$(id)\u0003\u001b[201~\rid\n!!\\";
    const text = curlText({ ...request, body: hostile });
    assert.doesNotMatch(text, /[\0-\x08\x0b-\x1f\x7f-\x9f]/);
    assert.deepEqual(lastWords([text]), [hostile]);
  });

  it('means to a shell what was sent, whatever that is', () => {
    const character = fc.oneof(
      fc.integer({ min: 1, max: 0xff }),
      fc.integer({ min: 0xe000, max: 0x10_ffff }),
    );
    const anyText = fc.array(character).map((codes) => String.fromCodePoint(...codes));
    const bodies = fc.sample(anyText, 200);
    assert.deepEqual(lastWords(bodies.map((body) => curlText({ ...request, body }))), bodies);
  });
});
