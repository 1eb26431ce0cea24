import type { Node, NodeAPI } from 'node-red';
import { HookError } from '../../src/errors.ts';
import type { Formatted, FormatInput } from '../../src/survey/formats/format.ts';
import { prepareJsonata } from '../shared/runtime/jsonata.ts';

/**
 * Compiles a body written as a JSONata expression, as Node-RED evaluates it. It sees the message, where `survey` always is the
 * survey response. Throws HOOK_CONFIG_INVALID for what is no expression.
 */
export function compileJsonata(
  RED: NodeAPI,
  node: Node,
  expression: string,
): (input: FormatInput) => Promise<Formatted> {
  if (expression.trim() === '') throw new HookError('HOOK_CONFIG_INVALID', 'The template is empty.');
  const evaluate = prepareJsonata(RED, node, expression);
  return async ({ survey, message }) => {
    const payload = await evaluate({ ...message, survey });
    if (payload === undefined)
      throw new HookError('HOOK_MESSAGE_INCOMPLETE', 'The expression found nothing in this message.');
    // It may be a part of the message: what a flow does to the payload leaves that as it is.
    return RED.util.cloneMessage({ payload });
  };
}
