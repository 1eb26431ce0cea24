import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { MappingSettings } from '../../src/mapping/mapping.ts';
import { RecordMapping } from '../../src/mapping/record-mapping.ts';
import { attempt } from '../shared/runtime/failure.ts';
import { expandSettings } from '../shared/runtime/settings.ts';

/** A mapping as the nodes that use it see it: compiled at deploy, or why it could not be. */
export interface InboundMappingNode extends Node {
  compiled: RecordMapping | Error;
}

/** Says which fields of a payload make a record, and the rules they keep. */
export default function register(RED: NodeAPI): void {
  function InboundMapping(this: InboundMappingNode, config: NodeDef & MappingSettings): void {
    RED.nodes.createNode(this, config);
    this.compiled = attempt(() => new RecordMapping(expandSettings(RED, this, config)));
    if (this.compiled instanceof Error) this.error(this.compiled.message);
  }
  RED.nodes.registerType('inbound-mapping', InboundMapping);
}
