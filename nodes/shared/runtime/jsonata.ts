import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { HookError, type HookErrorCode } from '../../../src/errors.ts';

/** Evaluates an expression on a message; undefined where it finds nothing. Rejects with HOOK_MESSAGE_UNREADABLE. */
export type Evaluate = (message: NodeMessage) => Promise<unknown>;

/** Prepares a JSONata expression, as Node-RED evaluates it. Throws HOOK_CONFIG_INVALID for what is none. */
export function prepareJsonata(RED: NodeAPI, node: Node, expression: string): Evaluate {
  const prepared = prepare(RED, node, expression);
  return (message) =>
    new Promise((resolve, reject) => {
      RED.util.evaluateJSONataExpression(prepared, message, (error, result: unknown) => {
        if (error) reject(failure('HOOK_MESSAGE_UNREADABLE', error));
        else resolve(result);
      });
    });
}

function prepare(RED: NodeAPI, node: Node, expression: string) {
  try {
    return RED.util.prepareJSONataExpression(expression, node);
  } catch (error) {
    throw failure('HOOK_CONFIG_INVALID', error);
  }
}

/** JSONata throws plain objects that look like errors. */
function failure(code: HookErrorCode, cause: unknown): HookError {
  const { message } = cause as { message?: string };
  return new HookError(code, `The JSONata expression failed: ${message ?? ''}`, { cause });
}
