/** Beyond it a limit is none: no Node.js process takes that many. */
const FASTEST = 100_000;

/** The number of requests per second that a setting allows, 0 = any number; undefined if it is none. A fraction is one every few seconds. */
export function parseRate(setting: unknown = ''): number | undefined {
  if (typeof setting !== 'number' && typeof setting !== 'string') return undefined;
  const rate = Number(setting);
  return rate >= 0 && rate <= FASTEST ? rate : undefined;
}
