import { covers, parseHookPath } from '../../../src/inbound/path-pattern.ts';

/** Whether a hook can have this path. */
export const isHookPath = (path: string): boolean => {
  const pattern = parseHookPath(path);
  return typeof pattern !== 'string' && pattern.segments.length > 0;
};

/** Whether some request would belong to both paths. */
export function isSamePath(one: string, other: string): boolean {
  const [first, second] = [parseHookPath(one), parseHookPath(other)];
  if (typeof first === 'string' || typeof second === 'string') return false;
  return covers(first, second) || covers(second, first);
}
