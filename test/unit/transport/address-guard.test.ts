import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseAllowList } from '../../../src/allow-list.ts';
import type { NetworkRules } from '../../../src/delivery/endpoint/route.ts';
import { literalRefusal, refusalOf } from '../../../src/transport/address-guard.ts';

const rules = (network: NetworkRules['network'], allow = ''): NetworkRules => ({
  network,
  allow: parseAllowList(allow)!,
});
const [ANY, PUBLIC] = [rules('any'), rules('public')];
const judge = (address: string, by: NetworkRules): string | undefined =>
  refusalOf({ host: 'hooks.example', address }, by);

/** Refused whatever the settings are. */
const NEVER: Readonly<Record<string, readonly string[]>> = {
  'a metadata service': [
    '169.254.169.254',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd00:0ec2:0:0:0:0:0:0254',
    'FD00:EC2::254',
    'fd20:ce::254',
    '::ffff:168.63.129.16',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    '2001:0:4136:e378:8000:63bf:5601:5601',
    '::ffff:0:169.254.169.254',
    '::169.254.169.254',
    '2606:4700::5efe:169.254.169.254',
  ],
  'a link-local address': [
    '169.254.0.0',
    '169.254.255.255',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    'fe80::5efe:8.8.8.8',
  ],
  'an unspecified address': ['0.0.0.0', '0.1.2.3', '::', '::ffff:0.0.0.0', '64:ff9b::', '2002::1'],
  'a multicast address': ['224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1', '64:ff9b::e000:1'],
  'the broadcast address': ['255.255.255.255', '::ffff:255.255.255.255'],
};

/** Refused by `public`, and let through by `any`. */
const NOT_PUBLIC: Readonly<Record<string, readonly string[]>> = {
  'the machine that Node-RED runs on': [
    '127.0.0.1',
    '127.255.255.254',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
  ],
  'a private address': [
    '10.0.0.0',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    'fc00::',
    'fd12:3456::1',
    'fdff::1',
    'fec0::1',
  ],
  'an address shared': ['100.64.0.0', '100.127.255.255'],
  'an address for documentation': [
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.1',
    '2001:db8::1',
    '3fff::1',
    '3fff:fff::1',
  ],
  'an address for benchmarks': ['198.18.0.0', '198.19.255.255', '2001:2::1'],
  'a reserved address': [
    '192.0.0.1',
    '192.88.99.1',
    '240.0.0.1',
    '255.255.255.254',
    '2001:10::1',
    '2001:20::1',
    '2001:1ff::1',
    '100::1',
    '5f00::1',
    '64:ff9b:2::1',
    '4000::1',
    '1::1',
    '::1:0:0:0',
  ],
};

const PUBLIC_ADDRESSES = [
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.1',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.0',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '::ffff:8.8.8.8',
  '::8.8.8.8',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::8.8.8.8',
  '2002:808:808::1',
  '2606:4700::1111',
  '2606:4700::5efe:8.8.8.8',
  '2001:200::1',
  '2a00:1450::1',
  '3ffe::1',
];

describe('The address guard', () => {
  for (const [words, addresses] of Object.entries(NEVER))
    for (const address of addresses)
      it(`never lets anything go to ${address}, ${words}`, () => {
        for (const by of [
          ANY,
          PUBLIC,
          rules('public', `0.0.0.0/0, ::/0, ${address.split('%')[0]}, hooks.example`),
        ]) {
          const refusal = judge(address, by);
          assert.match(refusal ?? '', new RegExp(`^The endpoint leads to ${words}`));
          assert.match(refusal ?? '', /no setting lets anything be sent there/);
        }
      });

  for (const [words, addresses] of Object.entries(NOT_PUBLIC))
    for (const address of addresses)
      it(`takes ${address} for ${words}, which is not public`, () => {
        assert.equal(judge(address, ANY), undefined);
        const refusal = judge(address, PUBLIC) ?? '';
        assert.match(refusal, new RegExp(`^The endpoint leads to ${words}.*allow the host or the address`));
      });

  for (const address of PUBLIC_ADDRESSES)
    it(`takes ${address} for public`, () => {
      assert.equal(judge(address, PUBLIC), undefined);
      assert.equal(judge(address, ANY), undefined);
    });

  it('opens by what it allows just that', () => {
    const some = rules('public', '10.1.0.0/16 fd00::/8 *.corp.example nas');
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '64:ff9b::10.1.2.3', 'fd12::1'])
      assert.equal(judge(address, some), undefined, address);
    for (const address of ['10.2.0.1', '127.0.0.1', 'fc00::1', '64:ff9b::10.2.0.1', 'fd12::5efe:127.0.0.1'])
      assert.notEqual(judge(address, some), undefined, address);
    for (const host of ['nas', 'NAS.', 'a.corp.example'])
      assert.equal(refusalOf({ host, address: '192.168.0.9' }, some), undefined);
    for (const host of ['nas.local', 'corp.example'])
      assert.notEqual(refusalOf({ host, address: '192.168.0.9' }, some), undefined);
  });

  it('lets through no text that names no address', () => {
    for (const address of ['', 'localhost', '10.0.0', '1.2.3.4.5', '::g'])
      assert.notEqual(judge(address, rules('any', '0.0.0.0/0')), undefined, address);
  });

  const literals: readonly (readonly [url: string, isRefused: boolean])[] = [
    ['http://2130706433/', true],
    ['http://0x7f000001/', true],
    ['http://0x7f.1/', true],
    ['http://0177.0.0.1/', true],
    ['http://017700000001/', true],
    ['http://127.1/', true],
    ['http://127.0.0.1./', true],
    ['http://１２７.０.０.１/', true],
    ['http://①②⑦.⓪.⓪.①/', true],
    ['http://[::1]/', true],
    ['http://[0:0:0:0:0:0:0:1]/', true],
    ['http://[::ffff:127.0.0.1]/', true],
    ['http://[::FFFF:7F00:1]/', true],
    ['http://[64:ff9b::7f00:1]/', true],
    ['http://[2002:7f00:1::]/', true],
    ['http://[fe80::1]/', true],
    ['http://2852039166/', true],
    ['http://[::ffff:a9fe:a9fe]/', true],
    ['http://8.8.8.8/', false],
    ['http://134744072/', false],
    ['http://[2606:4700::1111]/', false],
    ['http://localhost/', false],
    ['http://hooks.example./', false],
  ];
  for (const [url, isRefused] of literals)
    it(`${isRefused ? 'refuses' : 'leaves'} the address in ${url}`, () => {
      const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
      assert.equal(literalRefusal(host, PUBLIC) !== undefined, isRefused, host);
    });

  const hex = (a: number, b: number): string => ((a << 8) | b).toString(16);
  type Bytes = readonly [number, number, number, number];
  const mapped = ([a, b, c, d]: Bytes): string => `${hex(a, b)}:${hex(c, d)}`;
  const FORMS: Readonly<Record<string, (bytes: Bytes) => string>> = {
    mapped: (bytes) => `::ffff:${mapped(bytes)}`,
    'mapped, with dots': (bytes) => `0:0:0:0:0:ffff:${bytes.join('.')}`,
    compatible: (bytes) => `::${bytes.join('.')}`,
    translated: (bytes) => `::ffff:0:${mapped(bytes)}`,
    NAT64: (bytes) => `64:ff9b::${mapped(bytes)}`,
    'NAT64 of a network’s own': (bytes) => `64:ff9b:1::${mapped(bytes)}`,
    '6to4': (bytes) => `2002:${mapped(bytes)}:1:2:3:4:5`,
    ISATAP: (bytes) => `2606:4700:1:2:0:5efe:${mapped(bytes)}`,
    'ISATAP of a global address': (bytes) => `2606:4700:1:2:200:5efe:${mapped(bytes)}`,
    'Teredo’s client': ([a, b, c, d]) =>
      `2001:0:808:808:0:1234:${hex(255 - a, 255 - b)}:${hex(255 - c, 255 - d)}`,
    'Teredo’s server': (bytes) => `2001:0:${mapped(bytes)}:0:1234:${hex(247, 247)}:${hex(247, 247)}`,
  };
  const byte = fc.oneof(
    fc.nat(255),
    fc.constantFrom(0, 10, 100, 127, 168, 169, 172, 192, 198, 203, 224, 254, 255),
  );
  const anyIpv4 = fc.tuple(byte, byte, byte, byte);
  for (const [form, write] of Object.entries(FORMS))
    it(`judges an IPv4 address as itself where it is within IPv6: ${form}`, () => {
      fc.assert(
        fc.property(anyIpv4, fc.constantFrom(ANY, PUBLIC, rules('public', '10.0.0.0/8')), (bytes, by) => {
          // These are the two that IPv6 has names of its own for.
          fc.pre(form !== 'compatible' || bytes.slice(0, 3).some((one) => one !== 0));
          assert.equal(judge(write(bytes), by), judge(bytes.join('.'), by), write(bytes));
        }),
        { numRuns: 1000 },
      );
    });

  it('looks at each place in which NAT64 of a network’s own can hold an IPv4 address', () => {
    const places: readonly ((bytes: Bytes) => string)[] = [
      ([a, b, c, d]) => `64:ff9b:1:${hex(a, b)}:${hex(0, c)}:${hex(d, 0)}::`,
      ([a, b, c, d]) => `64:ff9b:1:${hex(0, a)}:${hex(0, b)}:${hex(c, d)}::`,
      ([a, b, c, d]) => `64:ff9b:1:0:${hex(0, a)}:${hex(b, c)}:${hex(d, 0)}:0`,
    ];
    for (const write of places)
      for (const bytes of [
        [127, 0, 0, 1],
        [10, 0, 0, 7],
        [169, 254, 169, 254],
        [100, 100, 100, 200],
      ] as const)
        assert.notEqual(judge(write(bytes), PUBLIC), undefined, write(bytes));
  });
});
