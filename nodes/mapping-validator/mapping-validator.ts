import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import { HookError } from '../../src/errors.ts';
import type { MappingResult, RecordMapping } from '../../src/mapping/record-mapping.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { readReceivedAt } from '../../src/records/received-at.ts';
import type { InboundMappingNode } from '../inbound-mapping/inbound-mapping.ts';
import { fail } from '../shared/runtime/failure.ts';
import { readProperty } from '../shared/runtime/read-property.ts';
import { refuseRecord } from '../shared/runtime/refuse-record.ts';
import { expandEnv } from '../shared/runtime/settings.ts';
import { statusOf } from '../shared/runtime/status.ts';

interface MappingValidatorDef extends NodeDef {
  mapping?: string;
  property?: string;
}

const STATUS = {
  noMapping: { fill: 'red', shape: 'ring', text: 'mapping-validator.status.no-mapping' },
  invalidMapping: { fill: 'red', shape: 'ring', text: 'mapping-validator.status.invalid-mapping' },
  invalid: { fill: 'yellow', shape: 'dot', text: 'mapping-validator.status.invalid' },
  error: { fill: 'red', shape: 'ring', text: 'mapping-validator.status.error' },
} as const;

const NO_MAPPING = new HookError(
  'HOOK_CONFIG_INVALID',
  'There is no inbound mapping here: choose one. The one chosen may be deleted or disabled.',
);

/** Sends records out of the first output, and what is no record, with all that is wrong with it, out of the second. */
export default function register(RED: NodeAPI): void {
  function MappingValidator(this: Node, config: MappingValidatorDef): void {
    RED.nodes.createNode(this, config);
    const status = statusOf(this);
    const property = expandEnv(RED, this, config.property ?? '') || 'payload';

    /** Looked up anew each time: a deploy may have replaced the mapping. */
    const findMapping = (): RecordMapping | Error => {
      const node = RED.nodes.getNode(config.mapping ?? '') as InboundMappingNode | null | undefined;
      const found = node?.type === 'inbound-mapping' ? node.compiled : NO_MAPPING;
      if (found === NO_MAPPING) status.show(STATUS.noMapping);
      else if (found instanceof Error) status.show(STATUS.invalidMapping);
      return found;
    };

    findMapping();
    this.on('input', (message, send, done) => {
      const mapping = findMapping();
      if (mapping instanceof Error) {
        fail(this, done, mapping);
        return;
      }
      try {
        // An event that goes into the flow again is as old as it was.
        const receivedAt = readReceivedAt((message as { hook?: unknown }).hook, systemClock.now());
        const result = mapping.apply(readProperty(RED, message, property), receivedAt);
        status.show(result.kind === 'valid' ? {} : STATUS.invalid);
        send(result.kind === 'valid' ? [write(message, result), null] : [null, write(message, result)]);
        done();
      } catch (error) {
        status.show(STATUS.error);
        fail(this, done, error);
      }
    });
  }
  RED.nodes.registerType('mapping-validator', MappingValidator);
}

const write = (message: NodeMessage, result: MappingResult): NodeMessage =>
  result.kind === 'valid'
    ? Object.assign(message, { payload: result.payload, record: result.record })
    : refuseRecord(message, result.violations);
