import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { HookError } from '../../src/errors.ts';
import { asError } from '../shared/runtime/failure.ts';
import { prepareJsonata } from '../shared/runtime/jsonata.ts';
import { readProperty } from '../shared/runtime/read-property.ts';
import { expandEnv } from '../shared/runtime/settings.ts';
import type { LookupSettings } from './lookup-settings.ts';

/** Takes the value that a typed input stands for, of each message anew. Rejects with HOOK_MESSAGE_UNREADABLE where that fails. */
export type MessageValue = (message: NodeMessage) => Promise<unknown>;

/** Reads the setting of a typed input. Throws HOOK_CONFIG_INVALID for what is no JSONata expression. */
export function messageValue(RED: NodeAPI, node: Node, settings: LookupSettings): MessageValue {
  const type = settings.valueType || 'msg';
  const written = settings.value ?? '';
  if (type === 'jsonata') return prepareJsonata(RED, node, written);
  // An environment variable is named without the signs that stand around it in other settings.
  const value = type === 'env' ? written : expandEnv(RED, node, written);
  return (message) =>
    new Promise((resolve, reject) => {
      const settle = (error: unknown, result: unknown): void => {
        if (error) reject(failure(error));
        else resolve(result);
      };
      try {
        if (type === 'msg') resolve(readProperty(RED, message, value || 'payload'));
        else RED.util.evaluateNodeProperty(value, type, node, message, settle);
      } catch (error) {
        settle(error, undefined);
      }
    });
}

const failure = (cause: unknown): HookError =>
  new HookError('HOOK_MESSAGE_UNREADABLE', `The value to look up cannot be read: ${asError(cause).message}`, {
    cause,
  });
