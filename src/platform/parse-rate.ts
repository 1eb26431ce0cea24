/** Beyond it a limit is none: no Node.js process makes or takes that many. */
const FASTEST = 100_000;

/** How often per second something may happen, as a setting says, 0 = any number; undefined if it is none. A fraction is once every few seconds. */
export function parseRate(setting: unknown = ''): number | undefined {
  if (typeof setting !== 'number' && typeof setting !== 'string') return undefined;
  const rate = Number(setting);
  return rate >= 0 && rate <= FASTEST ? rate : undefined;
}
