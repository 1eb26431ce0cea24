import assert from 'node:assert/strict';
import type { Editor } from '../../support/editor.ts';
import type { FlowNode } from '../../support/node-red.ts';

export const listener = (id: string, settings: object = {}): FlowNode => ({
  id,
  type: 'email-listener',
  name: `Listener ${id}`,
  host: '127.0.0.1',
  port: 0,
  domain: 'hooks.example.com',
  maxSize: '10mb',
  tls: '',
  allowedClients: '',
  ...settings,
});

export const emailHook = (id: string, settings: object = {}): FlowNode => ({
  id,
  type: 'email-hook-in',
  z: 'tab',
  x: 300,
  y: 200,
  name: '',
  description: '',
  listener: 'known-listener',
  address: id,
  debug: false,
  active: true,
  wires: [[]],
  ...settings,
});

export const emailFlows = [
  listener('known-listener'),
  listener('open-listener', { domain: '' }),
  emailHook('known-mails'),
  emailHook('original-mails'),
];

/** What a person sees of an email hook and its listener. */
export function emailDialogs(editor: () => Editor): void {
  const fullAddress = (): Promise<string | null> => editor().field('email-hook-in-full').textContent();
  const isSeen = (id: string): Promise<boolean> => editor().field(id).isVisible();

  it('gives a new hook an address that nobody can guess, and another on request', async () => {
    const id = await editor().add('email-hook-in');
    await editor().open(id);
    const address = await editor().value('node-input-address');
    assert.match(address, /^hook-[a-z\d_-]{22}$/);
    await editor().field('email-hook-in-new-address').click();
    const other = await editor().value('node-input-address');
    assert.match(other, /^hook-[a-z\d_-]{22}$/);
    assert.notEqual(other, address);
    await editor().cancel();
  });

  it('shows the whole address, with the domain of its listener', async () => {
    await editor().open('known-mails');
    assert.equal(await fullAddress(), 'known-mails@hooks.example.com');
    assert.equal(await isSeen('email-hook-in-no-domain'), false);
    await editor().type('node-input-address', 'orders');
    assert.equal(await fullAddress(), 'orders@hooks.example.com');
    assert.equal(await isSeen('email-hook-in-address-changed'), true);
    await editor().type('node-input-listener', 'open-listener');
    assert.equal(await fullAddress(), 'orders@your-domain');
    assert.equal(await isSeen('email-hook-in-no-domain'), true);
    await editor().type('node-input-address', 'known-mails');
    assert.equal(await isSeen('email-hook-in-address-changed'), false);
    await editor().cancel();
  });

  it('marks an address that no mail can be sent to, or that another hook of the listener has', async () => {
    await editor().open('known-mails');
    for (const wrong of ['', 'a b', 'me@example.com', 'größe', 'Original-Mails']) {
      await editor().type('node-input-address', wrong);
      assert.equal(await editor().isMarked('node-input-address'), true, wrong);
    }
    for (const right of ['orders.2026', 'known-mails', '${ADDRESS}']) {
      await editor().type('node-input-address', right);
      assert.equal(await editor().isMarked('node-input-address'), false, right);
    }
    await editor().cancel();
  });

  it('gives a copy of a hook an address of its own', async () => {
    const copied = await editor().page.evaluate<string>(`(() => {
      const { id, x, y, wires, ...copy } = RED.nodes.createExportableNodeSet([RED.nodes.node('original-mails')])[0];
      const node = { ...copy, id: 'copied', _def: RED.nodes.getType('email-hook-in') };
      node._def.onadd.call(node);
      return node.address;
    })()`);
    assert.match(copied, /^hook-/);
  });

  it('warns of a listener that everyone in the network reaches', async () => {
    await editor().open('known-listener');
    assert.equal(await isSeen('email-listener-open'), false);
    await editor().type('node-config-input-host', '0.0.0.0');
    assert.equal(await isSeen('email-listener-open'), true);
    await editor().type('node-config-input-allowedClients', '10.0.0.0/8');
    assert.equal(await isSeen('email-listener-open'), false);
    await editor().cancel();
  });

  it('marks settings of a listener that cannot be understood', async () => {
    await editor().open('known-listener');
    for (const [setting, wrong, right] of [
      ['port', '70000', '25'],
      ['domain', 'me@example.com', 'bücher.example'],
      ['maxSize', '1gb', '1.5mb'],
      ['allowedClients', 'office', '192.0.2.7, 2001:db8::/32'],
      ['host', ' ', '::1'],
    ] as const) {
      const id = `node-config-input-${setting}`;
      await editor().type(id, wrong);
      assert.equal(await editor().isMarked(id), true, wrong);
      await editor().type(id, right);
      assert.equal(await editor().isMarked(id), false, right);
    }
    await editor().cancel();
  });
}
