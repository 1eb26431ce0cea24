import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import fc from 'fast-check';
import { parseIpAddress, parseSenderAddress } from '../../src/ip-address.ts';

describe('An IP address', () => {
  const ipv4 = ['192.0.2.7', '::ffff:192.0.2.7', '::FFFF:c000:207', '0:0:0:0:0:ffff:192.0.2.7'];
  for (const text of ipv4)
    it(`is 192.0.2.7 for ${text}`, () =>
      assert.deepEqual(parseIpAddress(text), { family: 'ipv4', text: '192.0.2.7' }));

  const ipv6: Record<string, string> = {
    '::': '0:0:0:0:0:0:0:0',
    '::1': '0:0:0:0:0:0:0:1',
    '2001:DB8::1': '2001:db8:0:0:0:0:0:1',
    '2001:0db8:0:0:0:0:0:0001': '2001:db8:0:0:0:0:0:1',
    'fe80::1%eth0': 'fe80:0:0:0:0:0:0:1',
    '64:ff9b::192.0.2.7': '64:ff9b:0:0:0:0:c000:207',
    '1:2:3:4:5:6:7::': '1:2:3:4:5:6:7:0',
  };
  for (const [text, expected] of Object.entries(ipv6))
    it(`is ${expected} for ${text}`, () =>
      assert.deepEqual(parseIpAddress(text), { family: 'ipv6', text: expected }));

  for (const text of [
    '',
    'localhost',
    '192.0.2',
    '192.0.2.256',
    '1::2::3',
    '::g',
    '192.0.2.7:80',
    '[::1]',
    'x'.repeat(9999),
  ])
    it(`is not ${JSON.stringify(text.slice(0, 20))}`, () => assert.equal(parseIpAddress(text), undefined));
});

describe('The address of a sender', () => {
  it('may have its port behind it, as some proxies write it', () => {
    for (const text of ['192.0.2.7', '192.0.2.7:4711', '::ffff:192.0.2.7', '[::ffff:192.0.2.7]:80'])
      assert.deepEqual(parseSenderAddress(text), { family: 'ipv4', text: '192.0.2.7' });
    for (const text of ['2001:db8::', '[2001:db8::]', '[2001:db8::]:443'])
      assert.deepEqual(parseSenderAddress(text), { family: 'ipv6', text: '2001:db8:0:0:0:0:0:0' });
  });

  for (const text of ['', 'unknown', '192.0.2.7:x', '192.0.2.7:', '[::1', '[]:80', '192.0.2.7, 192.0.2.8'])
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(parseSenderAddress(text), undefined));
});

describe('A text', () => {
  const sign = fc.constantFrom(
    '::',
    ':',
    '.',
    '0',
    '00',
    '1',
    '9',
    '25',
    '255',
    '256',
    'f',
    'ffff',
    '10000',
    '192.0.2.7',
  );

  it('is an IP address where Node.js takes it for one', () => {
    const texts = fc.oneof(
      fc.array(sign, { maxLength: 20 }).map((signs) => signs.join('')),
      fc.ipV4(),
      fc.ipV6(),
    );
    fc.assert(
      fc.property(texts, (text) => assert.equal(parseIpAddress(text) !== undefined, isIP(text) !== 0, text)),
      { numRuns: 2000 },
    );
  });
});
