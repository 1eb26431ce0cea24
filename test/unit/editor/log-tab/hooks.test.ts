import assert from 'node:assert/strict';
import { fullAddress, hookTitle } from '../../../../nodes/webhook-log-tab/editor/hooks/hook-title.ts';
import { deployedSwitches, switchedOnes } from '../../../../nodes/webhook-log-tab/editor/hooks/switched.ts';

describe('a hook in the tab', () => {
  it('has the address that senders use', () => {
    assert.equal(
      fullAddress({ kind: 'webhook', url: '/red/hooks/a' }, 'https://x.example:1880'),
      'https://x.example:1880/red/hooks/a',
    );
    assert.equal(fullAddress({ kind: 'email', url: 'a@in.example' }, 'https://x.example'), 'a@in.example');
  });

  it('is called by its name, or by where it receives', () => {
    assert.equal(hookTitle({ name: 'Shop', url: '/a' }), 'Shop');
    assert.equal(hookTitle({ name: '', url: '/a' }), '/a');
  });

  it('tells which switches stand otherwise than in its settings', () => {
    const settings = { active: true, debug: false };
    assert.deepEqual(switchedOnes(settings, settings), []);
    assert.deepEqual(switchedOnes({ active: false, debug: true }, settings), ['active', 'debug']);
  });

  it('has settings to compare with where the editor holds what is deployed', () => {
    const settings = { active: false, debug: true };
    assert.deepEqual(deployedSwitches(settings), settings);
    assert.equal(deployedSwitches({ ...settings, changed: true }), undefined);
    assert.equal(deployedSwitches({}), undefined);
    assert.equal(deployedSwitches(null), undefined);
  });
});
