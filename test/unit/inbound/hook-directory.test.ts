import assert from 'node:assert/strict';
import { HookDirectory, type HookFacts } from '../../../src/inbound/hook-directory.ts';

const factsOf = (id: string, changes: Partial<HookFacts> = {}): HookFacts => ({
  id,
  name: id,
  description: '',
  kind: 'webhook',
  url: `/hooks/${id}`,
  methods: ['POST'],
  ...changes,
});
const ON = { isActive: true, isDebugged: true };
const OFF = { isActive: true, isDebugged: false };

const interaction = {
  receivedAt: 0,
  remoteAddress: null,
  request: { method: 'POST', url: '/', protocol: 'HTTP/1.1', headers: [], body: undefined },
  decision: { outcome: 'accepted' },
  answer: undefined,
} as const;

describe('The directory of hooks', () => {
  it('lists hooks of every kind as they are now', () => {
    const directory = new HookDirectory();
    directory.join(factsOf('a'), OFF);
    directory.join(factsOf('b', { kind: 'email', methods: [] }), OFF);
    directory.join(factsOf('a', { name: 'renamed' }), OFF);
    assert.deepEqual(
      directory.all().map(({ facts }) => [facts.id, facts.name, facts.kind]),
      [
        ['a', 'renamed', 'webhook'],
        ['b', 'b', 'email'],
      ],
    );
    assert.equal(directory.find('c'), undefined);
  });

  it('counts on over a deploy, after which the settings hold, not what was switched before', () => {
    const directory = new HookDirectory();
    const before = directory.join(factsOf('a'), OFF);
    before.noteReceived(5);
    before.noteRefused();
    before.switchTo({ isActive: false, isDebugged: true });
    directory.leave('a');
    const after = directory.join(factsOf('a'), OFF);
    directory.dropStopped();
    assert.deepEqual(after.counts, { received: 1, refused: 1, lastReceivedAt: 5 });
    assert.deepEqual(after.switches, OFF);
    assert.equal(after.interactions, undefined);
  });

  it('keeps interactions over a deploy where they can be looked at before and after', () => {
    const directory = new HookDirectory();
    directory.join(factsOf('a'), ON).interactions?.add(interaction);
    directory.leave('a');
    assert.deepEqual(directory.join(factsOf('a'), ON).interactions?.list(), [interaction]);
  });

  it('drops what has not started again, with all that it kept', () => {
    const directory = new HookDirectory();
    const log = directory.join(factsOf('a'), ON).interactions;
    log?.add(interaction);
    directory.join(factsOf('b'), ON);
    directory.leave('a');
    assert.equal(directory.all().length, 2);
    directory.dropStopped();
    assert.deepEqual(
      directory.all().map(({ facts }) => facts.id),
      ['b'],
    );
    assert.deepEqual(log?.list(), []);
    assert.deepEqual(directory.join(factsOf('a'), ON).interactions?.list(), []);
  });

  it('tells of each change, until it need not', () => {
    const directory = new HookDirectory();
    const told: string[] = [];
    const stop = directory.onChange((id) => told.push(id));
    const activity = directory.join(factsOf('a'), ON);
    const changes = [
      () => activity.noteReceived(1),
      () => activity.noteRefused(),
      () => activity.switchTo({ isActive: false }),
      () => void activity.interactions?.add(interaction),
      () => directory.noteChange('a'),
      () => {
        directory.leave('a');
        directory.dropStopped();
      },
    ];
    for (const change of changes) {
      told.splice(0);
      change();
      assert.ok(told.includes('a'), change.toString());
    }
    stop();
    told.splice(0);
    activity.noteReceived(1);
    assert.deepEqual(told, []);
  });

  it('tells a hook when it is switched', () => {
    const activity = new HookDirectory().join(factsOf('a'), OFF);
    const told: object[] = [];
    const stop = activity.onSwitch((switches) => told.push(switches));
    activity.switchTo({ isActive: false });
    stop();
    activity.switchTo({ isActive: true });
    assert.deepEqual(told, [{ isActive: false, isDebugged: false }]);
  });
});
