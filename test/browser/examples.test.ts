import assert from 'node:assert/strict';
import { Editor } from '../support/editor.ts';
import { readExamples } from '../support/examples.ts';
import type { FlowNode } from '../support/node-red.ts';
import { NODE_TYPES } from '../support/pack-files.ts';

interface Seen {
  readonly type: string;
  readonly id: string;
  /** The names of the properties that the editor knows of the type. */
  readonly properties: readonly string[];
  readonly isValid: boolean;
}

/** What every node has beside its own properties. */
const COMMON = ['id', 'type', 'z', 'g', 'x', 'y', 'wires', 'name'];

const SEE = `(() => {
  const seen = [];
  const see = (node) => seen.push({ id: node.id, type: node.type, isValid: node.valid, properties: Object.keys(node._def.defaults) });
  RED.nodes.eachNode(see);
  RED.nodes.eachConfig(see);
  return seen;
})()`;

describe('The examples in the editor', function () {
  this.timeout(60_000);
  let editor: Editor;
  const seen = new Map<string, Seen>();
  let ours: FlowNode[];

  before(async () => {
    const flows = (await readExamples()).flatMap(({ nodes }) => nodes);
    ours = flows.filter(({ type }) => NODE_TYPES.includes(type));
    editor = await Editor.start({ flows });
    for (const node of await editor.page.evaluate<Seen[]>(SEE)) seen.set(node.id, node);
  });

  after(async () => {
    await editor.stop();
  });

  it('set all properties of our nodes, and none that a dialog does not know', () => {
    for (const node of ours) {
      const own = Object.keys(node).filter((property) => !COMMON.includes(property));
      const known = seen.get(node.id)?.properties.filter((property) => !COMMON.includes(property));
      assert.deepEqual(own.toSorted(), known?.toSorted(), `${node.type} ${node.id}`);
    }
  });

  it('are valid as they are', () => {
    for (const { id, type } of ours) assert.ok(seen.get(id)?.isValid, `${type} ${id}`);
  });
});
