import assert from 'node:assert/strict';
import { isAddressAllowed, isHostAllowed, parseAllowList, type AllowList } from '../../src/allow-list.ts';
import { parseIpAddress } from '../../src/ip-address.ts';

function listOf(text: string): AllowList {
  const list = parseAllowList(text);
  assert.ok(list, 'the list is understood');
  return list;
}

const allows = (text: string, address: string): boolean =>
  isAddressAllowed(listOf(text), parseIpAddress(address)!);

describe('A list of what is allowed', () => {
  it('allows the addresses of its networks, and no others', () => {
    const text = '10.0.0.0/8, 192.168.1.0/25\n192.0.2.7; fd00::/8 ::1';
    for (const address of ['10.255.0.1', '192.168.1.127', '192.0.2.7', 'fd12::1', '::1', '::ffff:10.0.0.1'])
      assert.ok(allows(text, address), address);
    for (const address of ['11.0.0.0', '192.168.1.128', '192.0.2.6', 'fc00::1', '::2', '::a00:1'])
      assert.ok(!allows(text, address), address);
  });

  it('keeps IPv4 and IPv6 apart', () => {
    assert.ok(!allows('::/0', '10.0.0.1'));
    assert.ok(!allows('0.0.0.0/0', 'fd00::1'));
  });

  const hosts: [list: string, within: string[], without: string[]][] = [
    [
      'helpdesk.local',
      ['helpdesk.local', 'HELPDESK.local', 'helpdesk.local.'],
      ['a.helpdesk.local', 'local'],
    ],
    ['Helpdesk.Local.', ['helpdesk.local'], ['helpdesk.locale']],
    [
      '*.corp.example',
      ['a.corp.example', 'a.b.corp.example.'],
      ['corp.example', 'acorp.example', '.example'],
    ],
    ['müller.example', ['xn--mller-kva.example'], ['muller.example']],
    ['nas', ['nas'], ['nas.local']],
    ['', [], ['nas', '']],
  ];
  for (const [text, within, without] of hosts)
    it(`of ${JSON.stringify(text)} allows the hosts that it names, and no others`, () => {
      for (const host of within) assert.ok(isHostAllowed(listOf(text), host), host);
      for (const host of without) assert.ok(!isHostAllowed(listOf(text), host), host);
    });

  for (const text of [
    'http://nas',
    'nas:80',
    'nas/in',
    '*',
    '*.',
    'a.*.example',
    '*nas',
    'user@nas',
    '10.0.0.0/33',
    '10.0.0/8',
    '127.1',
    '2130706433',
    '0x7f.1',
    '１２７.0.0.1',
    '10.0.0.256',
    '[::1',
    '::1%lo',
    'a%20b',
    '10.0.0.1, a b/c',
  ])
    it(`is not ${text}`, () => assert.equal(parseAllowList(text), undefined));
});
