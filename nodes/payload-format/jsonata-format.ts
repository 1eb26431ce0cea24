import type { Node, NodeAPI } from 'node-red';
import { HookError, type HookErrorCode } from '../../src/errors.ts';
import type { Formatted, FormatInput } from '../../src/survey/formats/format.ts';

/**
 * Compiles a body written as a JSONata expression, as Node-RED evaluates it. It sees the message, where `survey` always is the
 * survey response. Throws HOOK_CONFIG_INVALID for what is no expression.
 */
export function compileJsonata(
  RED: NodeAPI,
  node: Node,
  expression: string,
): (input: FormatInput) => Promise<Formatted> {
  const prepared = prepare(RED, node, expression);
  return async ({ survey, message }) => {
    const payload = await new Promise<unknown>((resolve, reject) => {
      RED.util.evaluateJSONataExpression(prepared, { ...message, survey }, (error, result: unknown) => {
        if (error) reject(failure('HOOK_MESSAGE_UNREADABLE', error));
        else resolve(result);
      });
    });
    if (payload === undefined)
      throw new HookError('HOOK_MESSAGE_INCOMPLETE', 'The expression found nothing in this message.');
    // It may be a part of the message: what a flow does to the payload leaves that as it is.
    return RED.util.cloneMessage({ payload });
  };
}

function prepare(RED: NodeAPI, node: Node, expression: string) {
  if (expression.trim() === '') throw new HookError('HOOK_CONFIG_INVALID', 'The template is empty.');
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
