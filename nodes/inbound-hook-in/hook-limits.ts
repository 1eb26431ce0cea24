import { parseAddressList } from '../../src/address-list.ts';
import { BODY_LIMIT } from '../../src/inbound/body/limits.ts';
import { parseByteSize } from '../../src/platform/byte-size.ts';
import type { InboundHook } from '../../src/inbound/hook.ts';
import { parseRate } from '../../src/platform/parse-rate.ts';
import type { HookSettings, SettingFault } from './hook-settings.ts';

/** How much a hook takes, how fast, and from where. */
export type HookLimits = Pick<InboundHook, 'bodyLimit' | 'ratePerSecond' | 'allowedAddresses'>;

export function readLimits(settings: HookSettings): HookLimits | SettingFault {
  const bodyLimit = settings.bodyLimit ? parseByteSize(settings.bodyLimit) : BODY_LIMIT;
  if (bodyLimit === undefined) return { setting: 'bodyLimit' };
  const ratePerSecond = parseRate(settings.ratePerSecond);
  if (ratePerSecond === undefined) return { setting: 'ratePerSecond' };
  const allowedAddresses = parseAddressList(settings.allowedIps);
  if (!allowedAddresses) return { setting: 'allowedIps' };
  return { bodyLimit, ratePerSecond, allowedAddresses };
}
