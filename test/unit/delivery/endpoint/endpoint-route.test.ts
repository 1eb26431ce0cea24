import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { EndpointDirectory } from '../../../../src/delivery/endpoint/endpoint-directory.ts';
import type { ConnectionSource } from '../../../../src/delivery/endpoint/endpoint-route.ts';
import { parseEndpoint, type EndpointSettings } from '../../../../src/delivery/endpoint/endpoint-settings.ts';
import { parseProxy, type ProxyValues } from '../../../../src/delivery/endpoint/proxy-settings.ts';
import { parseTls, type TlsValues } from '../../../../src/delivery/endpoint/tls-settings.ts';
import { SigningSecretDirectory } from '../../../../src/signature/signing-secret-directory.ts';
import { parseSigningSecret } from '../../../../src/signature/signing-secret-settings.ts';
import { secretSettings } from '../../../support/signing-secrets.ts';

const PROXY = { url: 'http://proxy.example:3128', username: 'u', password: 'S3CR3T' };

describe('The route of an endpoint', () => {
  let tls: Map<string, TlsValues>;
  let proxies: Map<string, ProxyValues>;
  let secrets: SigningSecretDirectory;
  let directory: EndpointDirectory;
  let changes: string[];
  const source: ConnectionSource = {
    findTls: (id) => (tls.has(id) ? parseTls(tls.get(id)!) : undefined),
    findProxy: (id) => (proxies.has(id) ? parseProxy(proxies.get(id)!) : undefined),
  };

  beforeEach(() => {
    tls = new Map([['tls', { servername: 'a.example' }]]);
    proxies = new Map([['proxy', PROXY]]);
    secrets = new SigningSecretDirectory();
    directory = new EndpointDirectory(secrets, source);
    changes = [];
    directory.onChange((id) => changes.push(id));
  });

  const set = (settings: Partial<EndpointSettings>): void =>
    directory.set(parseEndpoint({ id: 'a', url: 'https://hooks.example/', ...settings }));
  const problems = (): string[] => {
    const entry = directory.get('a');
    return entry?.kind === 'invalid'
      ? entry.problems.map(({ setting, message }) => `${setting}: ${message}`)
      : [];
  };

  it('goes anywhere where nothing is said of it', () => {
    for (const settings of [{}, { network: '', allow: ' ', tls: '', proxy: '' }, { network: 'any' }]) {
      set(settings);
      const { rules, tls: found, proxy } = directory.find('a')!.route;
      assert.deepEqual(
        [rules, found, proxy],
        [{ network: 'any', allow: { networks: [], hosts: [] } }, undefined, undefined],
      );
    }
  });

  it('is made of what the settings say and name', () => {
    set({ network: 'public', allow: '10.0.0.0/8\nnas', tls: 'tls', proxy: 'proxy' });
    const { rules, tls: found, proxy } = directory.find('a')!.route;
    assert.deepEqual([rules.network, rules.allow.hosts, rules.allow.networks.length], ['public', ['nas'], 1]);
    assert.equal(found?.servername, 'a.example');
    assert.equal(proxy?.url.host, 'proxy.example:3128');
  });

  it('is the same for endpoints that say the same', () => {
    const keyOf = (id: string): string => directory.find(id)!.route.key.reveal();
    set({ network: 'public', allow: 'nas', tls: 'tls' });
    set({ id: 'b', network: 'public', allow: ' NAS, ', tls: 'tls' });
    set({ id: 'c', network: 'public', allow: 'nas2', tls: 'tls' });
    assert.equal(keyOf('a'), keyOf('b'));
    assert.notEqual(keyOf('a'), keyOf('c'));
  });

  const bad: readonly [settings: Partial<EndpointSettings>, problem: RegExp][] = [
    [{ network: 'private' }, /^network: /],
    [{ allow: 'http://nas' }, /^allow: It must be a list of addresses/],
    [{ tls: 'other' }, /^tls: .*not in the flows; nothing is sent without it/],
    [{ tls: 'broken' }, /^tls: .*a key or a certificate alone/],
    [{ tls: 5 }, /^tls: It is not the id of a node/],
    [{ tls: 'tls', url: 'http://hooks.example/' }, /^tls: The URL begins with http:/],
    [{ proxy: 'other' }, /^proxy: .*not in the flows; nothing is sent around it/],
    [{ proxy: 'broken' }, /^proxy: .*must begin with http/],
    [{ proxy: {} }, /^proxy: It is not the id of a node/],
  ];
  for (const [settings, problem] of bad)
    it(`is not to be had with ${JSON.stringify(settings)}`, () => {
      tls.set('broken', { key: 'S3CR3T' });
      proxies.set('broken', { url: 'S3CR3T' });
      set(settings);
      assert.equal(directory.find('a'), undefined);
      assert.equal(problems().length, 1);
      assert.match(problems()[0]!, problem);
      assert.doesNotMatch(problems()[0]!, /S3CR3T/);
    });

  it('tells of all that is wrong with what it names', () => {
    set({ tls: 'x', proxy: 'y', signing: 'z' });
    assert.deepEqual(
      problems().map((line) => line.split(':')[0]),
      ['signing', 'tls', 'proxy'],
    );
  });

  it('follows a change of what it names once the flows run, and tells of it', () => {
    set({ tls: 'tls', proxy: 'proxy' });
    const before = directory.find('a');
    directory.refresh();
    assert.equal(directory.find('a'), before);
    assert.deepEqual(changes, ['a']);
    tls.set('tls', { servername: 'b.example' });
    directory.refresh();
    assert.equal(directory.find('a')?.route.tls?.servername, 'b.example');
    proxies.delete('proxy');
    directory.refresh();
    directory.refresh();
    assert.equal(directory.find('a'), undefined);
    proxies.set('proxy', PROXY);
    directory.refresh();
    assert.ok(directory.find('a'));
    assert.deepEqual(changes, ['a', 'a', 'a', 'a']);
  });

  it('stays as it is while a deploy replaces its parts, also where the signing secret changes', () => {
    secrets.set(parseSigningSecret(secretSettings()));
    set({ tls: 'tls', signing: 'secret' });
    tls.clear();
    secrets.set(parseSigningSecret(secretSettings()));
    assert.equal(directory.find('a')?.route.tls?.servername, 'a.example');
  });

  it('has no secret in anything that prints it', () => {
    set({ tls: 'tls', proxy: 'proxy' });
    const endpoint = directory.find('a')!;
    for (const text of [JSON.stringify(endpoint), inspect(endpoint, { depth: 9, showHidden: true })])
      assert.doesNotMatch(text, /S3CR3T|Basic|dTpTM0NSM1Q/);
  });
});
