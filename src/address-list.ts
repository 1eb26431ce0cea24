import { BlockList } from 'node:net';
import { parseSenderAddress } from './ip-address.ts';
import { parseIpNetworks } from './ip-network.ts';

/** Addresses that may do something. */
export interface AddressList {
  /** Whether the address is one of them; an unknown one (null) is not, unless all are. */
  includes(address: string | null): boolean;
}

/** All addresses, also unknown ones. */
export const everyAddress: AddressList = { includes: () => true };

/**
 * The list of a setting such as `192.0.2.7, 10.0.0.0/8, 2001:db8::/32`, or of several such texts; every address where it is empty.
 * Undefined where a part of it is neither an address nor a network (CIDR).
 */
export function parseAddressList(setting: unknown): AddressList | undefined {
  const texts: unknown[] = Array.isArray(setting) ? setting : [setting ?? ''];
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  const networks = parseIpNetworks(texts.join(' '));
  if (networks?.length === 0) return everyAddress;
  if (!networks) return undefined;
  // One each, because an IPv6 network is taken to hold the IPv4 addresses mapped into it.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const { address, bits } of networks)
    lists[address.family].addSubnet(address.text, bits, address.family);
  return {
    includes(text) {
      const address = text === null ? undefined : parseSenderAddress(text);
      return address !== undefined && lists[address.family].check(address.text, address.family);
    },
  };
}
