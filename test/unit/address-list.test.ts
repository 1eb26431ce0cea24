import assert from 'node:assert/strict';
import { parseAddressList } from '../../src/address-list.ts';

const includes = (setting: unknown, address: string | null): boolean => {
  const list = parseAddressList(setting);
  assert.ok(list, 'the list is understood');
  return list.includes(address);
};

describe('A list of addresses', () => {
  const cases: [list: string, within: string[], without: string[]][] = [
    ['192.0.2.7', ['192.0.2.7', '::ffff:192.0.2.7'], ['192.0.2.8', '::1', '::192.0.2.7']],
    ['10.0.0.0/8', ['10.0.0.0', '10.255.255.255', '::ffff:a01:203'], ['9.255.255.255', '11.0.0.0']],
    ['10.1.2.3/8', ['10.9.9.9'], ['11.1.2.3']],
    ['192.0.2.7/32', ['192.0.2.7'], ['192.0.2.6']],
    ['0.0.0.0/0', ['1.2.3.4', '255.255.255.255'], ['2001:db8::1']],
    ['2001:db8::/32', ['2001:db8:ffff::1', '2001:0DB8::1'], ['2001:db9::1', '192.0.2.7']],
    ['2001:db8::1', ['2001:db8:0::1'], ['2001:db8::2']],
    ['::/0', ['::1', '2001:db8::1'], ['192.0.2.7']],
    ['fe80::/10', ['fe80::1%eth0', 'febf::1'], ['fec0::1']],
    ['::ffff:10.0.0.0/104', ['10.1.2.3', '::ffff:10.1.2.3'], ['11.0.0.0']],
    ['::ffff:192.0.2.7', ['192.0.2.7'], ['192.0.2.8']],
  ];
  for (const [list, within, without] of cases)
    it(`of ${list} holds what it names, and nothing else`, () => {
      for (const address of within) assert.ok(includes(list, address), address);
      for (const address of without) assert.ok(!includes(list, address), address);
    });

  it('may be parted by commas, semicolons, spaces and lines, or be several texts', () => {
    const all = ['192.0.2.1', '192.0.2.2', '2001:db8::1'];
    for (const list of ['192.0.2.1,192.0.2.2 ,2001:db8::1', '192.0.2.1;192.0.2.2\n2001:db8::1 ', all])
      for (const address of all) assert.ok(includes(list, address));
  });

  it('holds everyone where it is empty, also an unknown address', () => {
    for (const list of [undefined, null, '', ' , ', [], ['']])
      for (const address of ['192.0.2.7', '::1', null]) assert.ok(includes(list, address));
  });

  it('holds no unknown address where it names any', () => {
    for (const address of [null, '', 'unknown', '10.0.0.1, 10.0.0.2'])
      assert.ok(!includes('0.0.0.0/0, ::/0', address));
  });

  const malformed = [
    'localhost',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0/8',
    '::/129',
    '::ffff:10.0.0.0/90',
    '10.0.0.1, x',
    '10.0.0.1:80',
    5,
    { 0: '10.0.0.1' },
    ['10.0.0.1', 5],
  ];
  for (const list of malformed)
    it(`is not ${JSON.stringify(list)}`, () => assert.equal(parseAddressList(list), undefined));
});
