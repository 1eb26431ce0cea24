import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { HookError } from '../../src/errors.ts';
import type { MapRow } from '../../src/survey/sources/map-row.ts';
import type { MappedValues } from '../../src/survey/sources/read-response.ts';
import { prepareJsonata } from '../shared/runtime/jsonata.ts';
import { readProperty } from '../shared/runtime/read-property.ts';

type Value = (message: NodeMessage) => unknown;

/**
 * Prepares the rows of a mapping, and finds their values in messages: undefined where there is none. Throws HOOK_CONFIG_INVALID for
 * a path, an expression or a number that is none; rejects with HOOK_MESSAGE_UNREADABLE where an expression fails.
 */
export function compileMappedValues(
  RED: NodeAPI,
  node: Node,
  rows: readonly MapRow[],
): (message: NodeMessage) => Promise<MappedValues> {
  const values = rows.map((row) => ({ property: row.property, value: compileRow(RED, node, row) }));
  return async (message) => {
    const found = values.map(async ({ property, value }) => [property, await value(message)] as const);
    return new Map(await Promise.all(found));
  };
}

function compileRow(RED: NodeAPI, node: Node, { property, value, valueType }: MapRow): Value {
  switch (valueType) {
    case 'msg':
      return pathValue(RED, property, value.trim());
    case 'jsonata':
      return prepareJsonata(RED, node, value);
    case 'num':
      return fixed(toNumber(property, value));
    case 'env':
      return fixed(RED.util.getSetting(node, value.trim()));
    case 'str':
      return fixed(value);
    case 'answer':
      throw new HookError('HOOK_INVARIANT', 'An answer is found by its source.');
  }
}

const fixed =
  (value: unknown): Value =>
  () =>
    value;

function pathValue(RED: NodeAPI, property: string, path: string): Value {
  try {
    RED.util.normalisePropertyExpression(path);
  } catch (cause) {
    throw new HookError('HOOK_CONFIG_INVALID', `The mapping of ${property} is no path in a message.`, {
      cause,
    });
  }
  return (message) => readProperty(RED, message, path);
}

function toNumber(property: string, text: string): number {
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  throw new HookError('HOOK_CONFIG_INVALID', `The mapping of ${property} is no number.`);
}
