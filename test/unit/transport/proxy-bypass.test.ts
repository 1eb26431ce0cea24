import assert from 'node:assert/strict';
import { isBypassed } from '../../../src/transport/proxy-bypass.ts';

const isAround = (url: string, ...entries: string[]): boolean => isBypassed(new URL(url), entries);

describe('Hosts that are called without the proxy', () => {
  const cases: [entry: string, around: string[], through: string[]][] = [
    [
      'nas.example',
      ['http://nas.example/', 'https://NAS.example.:8443/'],
      ['http://a.nas.example/', 'http://snas.example'],
    ],
    ['NAS.Example', ['http://nas.example/'], []],
    ['.example', ['http://nas.example/', 'http://a.b.example'], ['http://example/', 'http://anexample/']],
    ['*.example', ['http://nas.example/'], ['http://example/']],
    ['*example', ['http://nas.example/', 'http://example/', 'http://anexample/'], ['http://example.org']],
    ['*', ['http://nas.example/', 'https://[::1]/', 'http://10.0.0.1'], []],
    ['nas.example:8080', ['http://nas.example:8080/'], ['http://nas.example/', 'https://nas.example/']],
    ['nas.example:443', ['https://nas.example/'], ['http://nas.example/']],
    ['.example:80', ['http://nas.example/'], ['https://nas.example/']],
    ['10.0.0.1', ['http://10.0.0.1/', 'http://10.0.0.1:99/', 'http://0x0a.1/'], ['http://10.0.0.11/']],
    ['[::1]', ['http://[::1]/', 'http://[0:0::1]:99/'], ['http://[::2]/']],
    ['[::1]:80', ['http://[::1]/'], ['http://[::1]:81/']],
    ['::1', ['http://[::1]/'], ['http://[::2]/']],
    ['', [], ['http://nas.example/']],
    ['.', [], ['http://nas.example/', 'http://nas.example./']],
    ['*.', [], ['http://nas.example./']],
    [':80', [], ['http://nas.example/']],
  ];
  for (const [entry, around, through] of cases)
    it(`are those that ${JSON.stringify(entry)} names`, () => {
      for (const url of around) assert.ok(isAround(url, 'other.example', entry), url);
      for (const url of through) assert.ok(!isAround(url, 'other.example', entry), url);
    });

  it('are none without an entry', () => assert.ok(!isAround('http://nas.example/')));
});
