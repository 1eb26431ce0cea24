import { parseAddressList } from '../../src/address-list.ts';
import { BODY_LIMIT, parseByteSize } from '../../src/inbound/body/limits.ts';
import type { InboundHook } from '../../src/inbound/hook.ts';
import type { HookSettings, SettingFault } from './hook-settings.ts';

/** How much a hook takes, how fast, and from where. */
export type HookLimits = Pick<InboundHook, 'bodyLimit' | 'ratePerSecond' | 'allowedAddresses'>;

/** Beyond it a limit is none: no Node.js process takes that many. */
const FASTEST = 100_000;

export function readLimits(settings: HookSettings): HookLimits | SettingFault {
  const bodyLimit = settings.bodyLimit ? parseByteSize(settings.bodyLimit) : BODY_LIMIT;
  if (bodyLimit === undefined) return { setting: 'bodyLimit' };
  const ratePerSecond = readRate(settings.ratePerSecond);
  if (ratePerSecond === undefined) return { setting: 'ratePerSecond' };
  const allowedAddresses = parseAddressList(settings.allowedIps);
  if (!allowedAddresses) return { setting: 'allowedIps' };
  return { bodyLimit, ratePerSecond, allowedAddresses };
}

/** A fraction is a request every few seconds. */
function readRate(given: unknown = ''): number | undefined {
  if (typeof given !== 'number' && typeof given !== 'string') return undefined;
  const rate = Number(given);
  return rate >= 0 && rate <= FASTEST ? rate : undefined;
}
