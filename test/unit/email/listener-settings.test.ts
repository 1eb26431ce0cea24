import assert from 'node:assert/strict';
import { readLocalPart } from '../../../src/email/local-part.ts';
import { parseListener, type Listener, type ListenerSettings } from '../../../src/email/listener-settings.ts';
import { readRecipient } from '../../../src/email/recipient.ts';

function valid(settings: Omit<ListenerSettings, 'id'>): Listener {
  const parsed = parseListener({ id: 'l', ...settings });
  assert.ok(parsed.kind === 'valid', JSON.stringify(parsed));
  return parsed.listener;
}

describe('The settings of a listener', () => {
  it('have defaults that nobody else reaches', () => {
    const { host, port, domain, maxSize, allowedClients } = valid({});
    assert.deepEqual(
      { host, port, domain, maxSize },
      { host: '127.0.0.1', port: 2525, domain: '', maxSize: 10 * 1024 * 1024 },
    );
    assert.ok(allowedClients.includes('192.0.2.1') && allowedClients.includes('2001:db8::1'));
  });

  it('are read as people write them', () => {
    const listener = valid({
      host: ' ::1 ',
      port: '25',
      domain: ' Hooks.Bücher.example ',
      maxSize: '1mb',
      allowedClients: '10.0.0.0/8, ::1',
    });
    assert.deepEqual(
      [listener.host, listener.port, listener.domain, listener.maxSize],
      ['::1', 25, 'hooks.xn--bcher-kva.example', 1024 * 1024],
    );
    assert.ok(listener.allowedClients.includes('10.1.2.3') && !listener.allowedClients.includes('11.1.2.3'));
  });

  it('are refused where they cannot be understood, all that are wrong', () => {
    const parsed = parseListener({
      id: 'l',
      port: 70_000,
      domain: 'me@example.com',
      maxSize: '1gb',
      allowedClients: 'office',
    });
    assert.ok(parsed.kind === 'invalid');
    assert.deepEqual(parsed.problems.map(({ setting }) => setting).toSorted(), [
      'allowedClients',
      'domain',
      'maxSize',
      'port',
    ]);
    for (const domain of ['a b', 'http://x', 'x/y', '[127.0.0.1]'])
      assert.equal(parseListener({ id: 'l', domain }).kind, 'invalid', domain);
  });

  it('are told apart by what the listener does with them', () => {
    const same = valid({ port: 2525, domain: 'a.example' }).fingerprint;
    assert.equal(valid({ port: '2525', domain: ' A.example' }).fingerprint, same);
    for (const changes of [
      { port: 2526 },
      { domain: 'b.example' },
      { maxSize: '1mb' },
      { allowedClients: '::1' },
    ])
      assert.notEqual(valid({ domain: 'a.example', ...changes }).fingerprint, same);
  });
});

describe('The address of a mail', () => {
  it('is one however it is written', () => {
    const recipient = { localPart: 'orders', domain: 'hooks.example.com' };
    for (const address of ['orders@hooks.example.com', 'Orders@HOOKS.example.COM'])
      assert.deepEqual(readRecipient(address), recipient);
    assert.deepEqual(readRecipient('a@bücher.example'), readRecipient('a@xn--bcher-kva.example'));
  });

  it('has no domain where there is none', () => {
    assert.deepEqual(readRecipient('Postmaster'), { localPart: 'postmaster', domain: '' });
    assert.equal(readRecipient('orders@[127.0.0.1]').domain, '');
  });

  it('keeps for its name what would lead further', () => {
    assert.equal(
      readRecipient('orders%elsewhere.example@hooks.example.com').localPart,
      'orders%elsewhere.example',
    );
    assert.equal(
      readRecipient('"orders@elsewhere.example"@hooks.example.com').localPart,
      '"orders@elsewhere.example"',
    );
  });

  it('has a local part that anybody could write to', () => {
    assert.equal(readLocalPart(' Hook-A_b.9 '), 'hook-a_b.9');
    for (const wrong of ['', 'a b', 'a@b', '.a', 'a..b', '"a"', 'größe', 'a\r\nb', 'x'.repeat(65)])
      assert.equal(readLocalPart(wrong), undefined, wrong);
  });
});
