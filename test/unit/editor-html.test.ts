import assert from 'node:assert/strict';
import { parse, type Expression, type Node, type SpreadElement } from 'acorn';
import { NODE_TYPES, PLUGINS, readText } from '../support/pack-files.ts';

interface Registration {
  readonly type: unknown;
  readonly definition: Expression | SpreadElement | undefined;
}

/** Every call of a method of that name in a classic script, as the flow library's validator looks for it. */
function callsIn(script: string, method: string): Registration[] {
  const found: Registration[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isNode(value)) {
      if (value.type === 'CallExpression' && calleeName(value.callee) === method) {
        const [type, definition] = value.arguments;
        found.push({ type: type?.type === 'Literal' ? type.value : undefined, definition });
      }
      Object.values(value).forEach(visit);
    }
  };
  visit(parse(script, { ecmaVersion: 2022, sourceType: 'script' }));
  return found;
}

const isNode = (value: unknown): value is Expression & Node =>
  typeof value === 'object' && value !== null && 'type' in value;

const calleeName = (callee: Expression | { type: 'Super' }): string | undefined =>
  callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : undefined;

/** The names that an object literal gives, or undefined where it is no literal. */
function namesIn(value: Expression | SpreadElement | undefined): string[] | undefined {
  if (value?.type !== 'ObjectExpression') return undefined;
  return value.properties.map((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : '',
  );
}

describe('the built editor part of', () => {
  for (const type of NODE_TYPES) {
    it(`${type} is one classic script that registers the type with literals`, () => {
      const html = readText(`dist/nodes/${type}/${type}.html`);
      const [script = '', ...others] = [
        ...html.matchAll(/<script type="text\/javascript">([\s\S]*?)<\/script>/g),
      ].map(([, code = '']) => code);
      assert.equal(others.length, 0);
      assert.equal([...html.matchAll(/<script /g)].length, 2);
      const [registration, ...more] = callsIn(script, 'registerType');
      assert.equal(more.length, 0);
      assert.equal(registration?.type, type);
      const names = namesIn(registration.definition);
      assert.ok(names?.includes('defaults') && names.includes('category'));
      assert.match(html, new RegExp(`<script type="text/html" data-template-name="${type}">`));
    });
  }

  for (const id of PLUGINS) {
    it(`${id} is a style and one classic script that registers the plugin`, () => {
      const html = readText(`dist/nodes/${id}/${id}.html`);
      const parts =
        /^<style>[\s\S]*?<\/style>\s*<script type="text\/javascript">([\s\S]*?)<\/script>\s*$/.exec(html);
      const [registration, ...more] = callsIn(parts?.[1] ?? '', 'registerPlugin');
      assert.equal(more.length, 0);
      assert.equal(registration?.type, id);
      // Node-RED 5 lays out its sidebars when the plugins are loaded.
      assert.deepEqual(namesIn(registration.definition), ['onadd']);
    });
  }
});
