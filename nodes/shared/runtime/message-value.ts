import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { HookError } from '../../../src/errors.ts';
import { asError } from './failure.ts';
import { prepareJsonata } from './jsonata.ts';
import { readProperty } from './read-property.ts';
import { expandEnv } from './settings.ts';

/** Takes the value that a typed input stands for, of each message anew. Rejects with HOOK_MESSAGE_UNREADABLE where that fails. */
export type MessageValue = (message: NodeMessage) => Promise<unknown>;

/** A typed input as a flow holds it. */
export interface TypedInput {
  readonly value: string;
  /** `msg` where it is empty. */
  readonly type: string;
  /** What it stands for, as a message about it begins. */
  readonly title: string;
}

/** Reads the setting of a typed input. Throws HOOK_CONFIG_INVALID for what is no JSONata expression. */
export function messageValue(
  RED: NodeAPI,
  node: Node,
  { value: written, type, title }: TypedInput,
): MessageValue {
  if (type === 'jsonata') return prepareJsonata(RED, node, written);
  // An environment variable is named without the signs that stand around it in other settings.
  const value = type === 'env' ? written : expandEnv(RED, node, written);
  return (message) =>
    new Promise((resolve, reject) => {
      const settle = (error: unknown, result: unknown): void => {
        if (error) reject(failure(title, error));
        else resolve(result);
      };
      try {
        if (type === 'msg' || type === '') resolve(readProperty(RED, message, value));
        else RED.util.evaluateNodeProperty(value, type, node, message, settle);
      } catch (error) {
        settle(error, undefined);
      }
    });
}

const failure = (title: string, cause: unknown): HookError =>
  new HookError('HOOK_MESSAGE_UNREADABLE', `${title} cannot be read: ${asError(cause).message}`, { cause });
