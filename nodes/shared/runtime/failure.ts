import type { Node } from 'node-red';

/** Anything thrown as an Error, as `done` takes it. */
export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));

/** What a call gives, or what it throws, as a value. */
export function attempt<Result>(call: () => Result): Result | Error {
  try {
    return call();
  } catch (error) {
    return asError(error);
  }
}

/**
 * Ends a message with an error. Node-RED copies the message for Catch nodes; where it cannot, since the message is nested too deep, the
 * log tells of the error: thrown on, it would end Node-RED.
 */
export function fail(node: Pick<Node, 'error'>, done: (error: Error) => void, thrown: unknown): void {
  const error = asError(thrown);
  try {
    done(error);
  } catch {
    node.error(error.message);
  }
}
