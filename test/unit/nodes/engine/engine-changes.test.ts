import assert from 'node:assert/strict';
import { EngineChanges } from '../../../../nodes/shared/runtime/engine/engine-changes.ts';
import type { DeliveryState } from '../../../../src/delivery/delivery.ts';
import type { EndpointHealth } from '../../../../src/delivery/health/endpoint-health.ts';
import { aDelivery } from '../../../support/deliveries.ts';

describe('What the engine changes', () => {
  let told: string[];
  let changes: EngineChanges;
  beforeEach(() => {
    told = [];
    changes = new EngineChanges();
    changes.publishTo({
      note: ({ kind, id, status }) => told.push(`${kind} ${id} ${status}`),
      noteMore: () => told.push('more'),
    });
  });

  it('is nobody’s business until somebody publishes it', () => {
    const unheard = new EngineChanges();
    unheard.changed(aDelivery({ kind: 'scheduled', nextAttemptAt: 0 }));
    unheard.changedMany();
    assert.deepEqual(told, []);
  });

  const failed = { kind: 'failed', finishedAt: 0, reason: 'permanent', message: '' } as const;
  const states: readonly [state: DeliveryState, status: string][] = [
    [{ kind: 'scheduled', nextAttemptAt: 0 }, 'In Progress'],
    [{ kind: 'waiting', reason: 'circuit-open', waitingSince: 0 }, 'In Progress'],
    [{ kind: 'succeeded', finishedAt: 0 }, 'Succeeded'],
    [failed, 'Failed'],
    [{ kind: 'sending', number: 2, startedAt: 0, manual: true, from: failed }, 'Failed'],
  ];
  for (const [state, status] of states)
    it(`is told of a ${state.kind} delivery as people see it`, () => {
      changes.changed(aDelivery(state, { id: 'd' }));
      assert.deepEqual(told, [`delivery d ${status}`]);
    });

  const well: EndpointHealth = { isEnabled: true, circuit: 'off', isTested: false };
  const healths: readonly [health: EndpointHealth | undefined, status: string][] = [
    [well, 'enabled'],
    [{ ...well, circuit: 'closed' }, 'enabled'],
    [{ ...well, circuit: 'open', waiting: 'circuit-open' }, 'open'],
    [{ ...well, circuit: 'half-open', waiting: 'circuit-open' }, 'half-open'],
    [{ ...well, waiting: 'endpoint-untested' }, 'untested'],
    [{ ...well, isEnabled: false, circuit: 'open', waiting: 'endpoint-off' }, 'disabled'],
    [undefined, 'removed'],
  ];
  for (const [health, status] of healths)
    it(`is told of an endpoint that is ${status}`, () => {
      changes.endpointChanged('e', health);
      assert.deepEqual(told, [`endpoint e ${status}`]);
    });

  it('is not named where it is many', () => {
    changes.changedMany();
    assert.deepEqual(told, ['more']);
  });
});
