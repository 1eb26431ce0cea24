import type { Properties } from './record-store.ts';

/** Whether an object has a property of its own with a value. `null` and `undefined` say nothing. */
export const hasValue = (properties: Properties, name: string): boolean =>
  Object.hasOwn(properties, name) && properties[name] !== null && properties[name] !== undefined;

/** The properties that have a value. */
export const withValues = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => hasValue(properties, name)));

/** Properties with those that were sent over them, in the order in which they first came. What was not sent, or sent as null, stays. */
export const mergeProperties = (stored: Properties, sent: Properties): Properties => ({
  ...stored,
  ...withValues(sent),
});
