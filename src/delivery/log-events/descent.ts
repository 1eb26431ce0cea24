/**
 * Whether a message descends from an event of the webhook log: it carries that as `logEvent`. What is delivered of it causes no such
 * events, so that an alert cannot feed itself.
 */
export function descendsFromLogEvent(message: object): boolean {
  const { logEvent } = message as { readonly logEvent?: unknown };
  return logEvent !== undefined && logEvent !== null && logEvent !== false;
}
