import assert from 'node:assert/strict';
import {
  inPoint,
  outPoint,
  sourceFinder,
  type GraphNode,
} from '../../../../nodes/webhook-log-tab/editor/endpoints/find-sources.ts';

const TYPES = new Set(['inbound-hook-in', 'email-hook-in', 'survey-response']);

const node = (id: string, type = 'function', settings: Partial<GraphNode> = {}): GraphNode => ({
  id,
  type,
  isOff: false,
  ...settings,
});
const hook = (id: string, settings: Partial<GraphNode> = {}) => node(id, 'inbound-hook-in', settings);
const wire = (from: string, to: string, port = 0) => ({ from, port, to });

interface Canvas {
  readonly nodes: readonly GraphNode[];
  readonly wires: readonly { from: string; port: number; to: string }[];
}
const sourcesOf = (id: string, { nodes, wires }: Canvas): string[] =>
  sourceFinder({ nodes, wires }, TYPES)(id).sort();

describe('The sources of a node', () => {
  it('are those that are up the wires, however far', () => {
    const nodes = [
      hook('h'),
      node('m', 'email-hook-in'),
      node('f'),
      node('s', 'survey-response'),
      hook('other'),
    ];
    const wires = [wire('h', 'f'), wire('m', 'f'), wire('f', 's', 1), wire('s', 'out'), wire('other', 'x')];
    assert.deepEqual(sourcesOf('out', { nodes, wires }), ['h', 'm', 's']);
  });

  it('are told with the nearest first', () => {
    const nodes = [hook('far'), node('s', 'survey-response'), hook('near')];
    const wires = [wire('far', 's'), wire('s', 'f'), wire('f', 'out'), wire('near', 'out')];
    assert.deepEqual(sourceFinder({ nodes, wires }, TYPES)('out'), ['near', 's', 'far']);
  });

  it('are found where the wires run in a circle', () => {
    const wires = [wire('h', 'a'), wire('a', 'b'), wire('b', 'a'), wire('b', 'out'), wire('out', 'a', 2)];
    assert.deepEqual(sourcesOf('out', { nodes: [hook('h'), node('a'), node('b')], wires }), ['h']);
  });

  it('are found through points where wires meet', () => {
    const wires = [wire('h', 'junction'), wire('junction', 'out')];
    assert.deepEqual(sourcesOf('out', { nodes: [hook('h')], wires }), ['h']);
  });

  it('are none that are disabled, and none behind something disabled', () => {
    const nodes = [hook('h', { isOff: true }), hook('g'), node('f', 'function', { isOff: true })];
    const wires = [wire('h', 'out'), wire('g', 'f'), wire('f', 'out')];
    assert.deepEqual(sourcesOf('out', { nodes, wires }), []);
  });

  it('are found through link nodes, whichever end names the other', () => {
    const nodes = [
      hook('h'),
      node('lo', 'link out', { links: ['li'] }),
      node('li', 'link in', { links: [] }),
      hook('g'),
      node('lo2', 'link out', { links: [] }),
      node('li2', 'link in', { links: ['lo2'] }),
    ];
    const wires = [wire('h', 'lo'), wire('li', 'out'), wire('g', 'lo2'), wire('li2', 'out')];
    assert.deepEqual(sourcesOf('out', { nodes, wires }), ['g', 'h']);
  });

  it('are found through a call of a link, into it and back', () => {
    const nodes = [
      hook('h'),
      node('call', 'link call', { links: ['li'] }),
      node('li', 'link in', { links: [] }),
      node('back', 'link out', { links: [], isReturn: true }),
    ];
    const wires = [wire('h', 'call'), wire('call', 'out'), wire('li', 'within'), wire('within', 'back')];
    assert.deepEqual(sourcesOf('out', { nodes, wires }), ['h']);
    assert.deepEqual(sourcesOf('within', { nodes, wires }), ['h']);
  });

  const subflow = {
    nodes: [
      hook('one'),
      hook('two'),
      node('first', 'subflow:s'),
      node('second', 'subflow:s'),
      node('f'),
      hook('inner'),
    ],
    wires: [
      wire('one', 'first'),
      wire('two', 'second'),
      wire('first', 'out-one'),
      wire('second', 'out-two'),
      wire('first', 'out-inner', 1),
      wire(inPoint('s'), 'f'),
      wire('f', outPoint('s', 0)),
      wire('inner', outPoint('s', 1)),
      wire('f', 'out-within'),
    ],
  };

  it('are only those of the instance of a subflow that the wires run through', () => {
    assert.deepEqual(sourcesOf('out-one', subflow), ['one']);
    assert.deepEqual(sourcesOf('out-two', subflow), ['two']);
  });

  it('are found within a subflow, by the output that they go to', () => {
    assert.deepEqual(sourcesOf('out-inner', subflow), ['inner']);
  });

  it('are those of all instances where the node stands in a subflow', () => {
    assert.deepEqual(sourcesOf('out-within', subflow), ['one', 'two']);
  });

  it('are found through a subflow in a subflow, and through one that passes on what comes in', () => {
    const nodes = [
      hook('h'),
      hook('g'),
      node('outer', 'subflow:o'),
      node('inner', 'subflow:i'),
      node('lone', 'subflow:i'),
    ];
    const wires = [
      wire('h', 'outer'),
      wire('g', 'lone'),
      wire('outer', 'out'),
      wire(inPoint('o'), 'inner'),
      wire('inner', outPoint('o', 0)),
      wire(inPoint('i'), outPoint('i', 0)),
    ];
    assert.deepEqual(sourcesOf('out', { nodes, wires }), ['h']);
  });

  it('are found though a subflow holds itself', () => {
    const nodes = [hook('h'), node('x', 'subflow:s'), node('self', 'subflow:s')];
    const wires = [
      wire('h', 'x'),
      wire('x', 'out'),
      wire(inPoint('s'), 'self'),
      wire('self', outPoint('s', 0)),
      wire(inPoint('s'), outPoint('s', 0)),
    ];
    assert.deepEqual(sourcesOf('out', { nodes, wires }), ['h']);
  });
});
