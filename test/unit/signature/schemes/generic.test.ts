import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { outgoing, received, signAndSend } from '../../../support/signed-message.ts';
import { aSigningSecret } from '../../../support/signing-secrets.ts';
import type { SigningSecretSettings } from '../../../../src/signature/signing-secret-settings.ts';
import type { SigningSecret } from '../../../../src/signature/signing-secret.ts';

const NOW = 1_700_000_000_000;
const KEY = 'key';
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const macOf = (text: string): string => createHmac('sha256', KEY).update(text).digest('hex');

const generic = (settings: Partial<SigningSecretSettings>, secret = KEY): SigningSecret =>
  aSigningSecret({ scheme: 'generic', ...settings, credentials: { secret } });

function judge(secret: SigningSecret, bytes: string, headers: Readonly<Record<string, string>>): string {
  const verification = secret.verify(received({ bytes }, headers), NOW);
  return verification.verified ? 'verified' : verification.reason;
}

describe('A scheme of settings', () => {
  it('signs what the template says, tag by tag', () => {
    const secret = generic({
      template: '{{method}}|{{url}}|{{header.X-Own}}|{{form.a}}|{{ body }}|\\n{{id}}{{timestampMs}}{',
      timestampHeader: 'X-Time',
      idHeader: 'X-Id',
    });
    const message = {
      bytes: 'a=b%20c',
      id: 'msg_1',
      url: 'https://a.example/h?x',
      headers: { ...form, 'x-own': 'o' },
    };
    const text = `POST|https://a.example/h?x|o|b c|a=b%20c|\nmsg_1${NOW}{`;
    assert.deepEqual(secret.sign(outgoing(message), NOW), {
      'X-Id': 'msg_1',
      'X-Time': String(NOW),
      'X-Signature': macOf(text),
    });
    assert.deepEqual(secret.headerNames, ['X-Id', 'X-Time', 'X-Signature']);
  });

  it('makes a plain digest of a text that holds the secret', () => {
    const secret = generic({ algorithm: 'sha256-digest', template: '{{secret}}:{{body}}' });
    const expected = createHash('sha256').update('key:body').digest('hex');
    assert.deepEqual(secret.sign(outgoing({ bytes: 'body' }), NOW), { 'X-Signature': expected });
  });

  it('reads keys that people paste', () => {
    const bytes = Buffer.from([0xfb, 0xef, 0xff, 1]);
    const expected = createHmac('sha256', bytes).update('body').digest('hex');
    const texts: [string, string][] = [
      ['base64', '++//AQ=='],
      ['base64', '++//AQ'],
      ['base64', '--__AQ'],
      ['base64', '  --__AQ==\n'],
      ['hex', 'fbefff01'],
      ['hex', 'FBefFF01'],
    ];
    for (const [keyEncoding, text] of texts)
      assert.deepEqual(
        generic({ keyEncoding }, text).sign(outgoing({ bytes: 'body' }), NOW),
        { 'X-Signature': expected },
        text,
      );
  });

  it('takes each item of a list that carries the prefix, or follows one without a name', () => {
    const secret = generic({ prefix: 'v0=' });
    const right = macOf('body');
    const wrong = '0'.repeat(64);
    const rows: [string, string][] = [
      [`v0=${right}`, 'verified'],
      [`t=1,v0=${wrong},${right}`, 'verified'],
      [`v0=${wrong} v0=${right}`, 'verified'],
      [`v0=${wrong},v1=${right}`, 'mismatch'],
      [`v0=${wrong},v1=x,${right}`, 'mismatch'],
      [right, 'signature-malformed'],
      [`${right},v0=${wrong}`, 'mismatch'],
      [`${`v0=${wrong},`.repeat(10)}v0=${right}`, 'mismatch'],
      ['v0=', 'signature-malformed'],
      ['', 'signature-malformed'],
    ];
    for (const [header, expected] of rows)
      assert.equal(judge(secret, 'body', { 'X-Signature': header }), expected, header);
  });

  it('tells the end of base64 from a name', () => {
    const secret = generic({ prefix: 'v0=', encoding: 'base64' });
    const right = createHmac('sha256', KEY).update('body').digest('base64');
    assert.equal(judge(secret, 'body', { 'X-Signature': `v0=${right}` }), 'verified');
    assert.equal(judge(secret, 'body', { 'X-Signature': `v0=AAAA,${right}` }), 'verified');
  });

  it('takes a prefix that ends as items do', () => {
    const secret = generic({ header: 'Authorization', prefix: 'HMAC ' });
    assert.deepEqual(secret.sign(outgoing({ bytes: 'body' }), NOW), {
      Authorization: `HMAC ${macOf('body')}`,
    });
    assert.equal(judge(secret, 'body', { Authorization: `HMAC ${macOf('body')}` }), 'verified');
    assert.equal(judge(secret, 'body', { Authorization: `Basic ${macOf('body')}` }), 'signature-malformed');
  });

  it('refuses a message that lacks what is signed', () => {
    const own = generic({ template: '{{header.X-Own}}{{body}}' });
    assert.equal(judge(own, 'body', { 'X-Signature': macOf('body') }), 'part-missing');
    assert.throws(() => own.sign(outgoing({ bytes: 'body' }), NOW), { code: 'HOOK_SIGNATURE_IMPOSSIBLE' });
    const object = generic({ template: '{{header.constructor}}{{header.__proto__}}{{body}}' });
    assert.equal(judge(object, 'body', { 'X-Signature': macOf('body') }), 'part-missing');
    const noForm = generic({ template: '{{form.a}}' });
    assert.equal(judge(noForm, 'a=b', { 'X-Signature': macOf('b') }), 'body-malformed');
    const url = generic({ template: '{{url}}{{body}}' });
    assert.throws(() => url.sign({ ...outgoing({}), url: undefined }, NOW), {
      code: 'HOOK_SIGNATURE_IMPOSSIBLE',
    });
  });

  it('refuses an id that holds a timestamp', () => {
    const secret = generic({
      template: '{{id}}.{{timestamp}}.{{body}}',
      timestampHeader: 'X-Time',
      idHeader: 'X-Id',
      tolerance: 0,
    });
    const sent = signAndSend(secret, { id: 'a', bytes: '1700000300.evil' }, NOW);
    const headers = { ...sent.headers, 'x-id': 'a.1700000000', 'x-time': '1700000300' };
    const shifted = { ...sent, bytes: Buffer.from('evil'), headers };
    assert.deepEqual(secret.verify(shifted, NOW), { verified: false, reason: 'id-malformed' });
    assert.throws(() => secret.sign(outgoing({ id: 'a.1700000000' }), NOW), {
      code: 'HOOK_SIGNATURE_IMPOSSIBLE',
    });
  });

  describe('with the signature in a form', () => {
    const secret = generic({ header: 'form.HMAC', template: '{{form.MSG}}' });
    const judgeForm = (text: string, headers: Readonly<Record<string, string>> = form) =>
      judge(secret, text, headers);
    const right = `HMAC=${macOf('a b')}&MSG=a+b`;

    it('reads it from its field', () => {
      assert.equal(judgeForm(right), 'verified');
      assert.equal(judgeForm(right.replace('a+b', 'a+c')), 'mismatch');
      assert.equal(judgeForm('MSG=a+b'), 'signature-missing');
      assert.equal(judgeForm(`HMAC=${macOf('a b')}`), 'part-missing');
    });

    it('refuses a field that is there twice: nobody knows which one the next reader takes', () => {
      assert.equal(judgeForm(`${right}&MSG=other`), 'part-missing');
      assert.equal(judgeForm(`MSG=other&${right}`), 'part-missing');
      assert.equal(judgeForm(`${right}&HMAC=00`), 'signature-missing');
    });

    it('refuses a body that does not say it is a form', () => {
      assert.equal(judgeForm(right, {}), 'signature-missing');
      assert.equal(judgeForm(right, { 'content-type': 'text/plain' }), 'signature-missing');
    });

    it('verifies only, and says so before anything is sent', () => {
      assert.match(secret.findObstacle('form') ?? '', /cannot sign/);
      assert.throws(() => secret.sign(outgoing({ bytes: right, headers: form }), NOW), {
        code: 'HOOK_SIGNATURE_IMPOSSIBLE',
      });
    });
  });

  it('signs fields of a form and of nothing else', () => {
    const secret = generic({ template: '{{form.a}}' });
    assert.equal(secret.findObstacle('form'), undefined);
    assert.match(secret.findObstacle('json') ?? '', /form/);
    const sent = signAndSend(secret, { bytes: 'a=1', headers: form }, NOW);
    assert.equal(secret.verify(sent, NOW).verified, true);
  });

  it('lets no digit of the body pass for one of the timestamp', () => {
    for (const template of ['{{timestamp}}{{body}}', '{{body}}{{timestampMs}}', '{{timestampIso}}{{body}}']) {
      const secret = generic({ template, timestampHeader: 'X-Time', tolerance: 0 });
      const sent = signAndSend(secret, { bytes: '1.5Z1' }, NOW);
      const text = sent.headers['x-time']!;
      const body = Buffer.from(sent.bytes).toString();
      const shifts = [
        { time: text.slice(0, -1), bytes: `${text.at(-1)}${body}` },
        { time: `${text}${body[0]}`, bytes: body.slice(1) },
        { time: `${body.at(-1)}${text}`, bytes: body.slice(0, -1) },
        { time: text.slice(1), bytes: `${body}${text[0]}` },
        { time: text.slice(0, 9), bytes: `${text.slice(9)}${body}` },
      ];
      for (const { time, bytes } of shifts)
        assert.equal(
          secret.verify(
            { ...sent, bytes: Buffer.from(bytes), headers: { ...sent.headers, 'x-time': time } },
            NOW,
          ).verified,
          false,
          `${template} ${time}`,
        );
    }
  });
});
