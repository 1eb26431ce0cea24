import { BlockList } from 'node:net';
import { parseIpAddress, type IpAddress, parseSenderAddress } from './ip-address.ts';

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
  const parts = readParts(setting);
  if (!parts) return undefined;
  if (parts.length === 0) return everyAddress;
  // One each, because an IPv6 network is taken to hold the IPv4 addresses mapped into it.
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() };
  if (!parts.every((part) => add(lists, part))) return undefined;
  return {
    includes(text) {
      const address = text === null ? undefined : parseSenderAddress(text);
      return address !== undefined && lists[address.family].check(address.text, address.family);
    },
  };
}

function readParts(setting: unknown): string[] | undefined {
  const texts: unknown[] = Array.isArray(setting) ? setting : [setting ?? ''];
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  return texts.flatMap((text) => text.split(/[\s,;]+/)).filter((part) => part !== '');
}

const WIDTHS = { ipv4: 32, ipv6: 128 } as const;
/** How many bits of an IPv6 address say that it maps an IPv4 address. */
const MAPPING_BITS = WIDTHS.ipv6 - WIDTHS.ipv4;

function add(lists: Record<IpAddress['family'], BlockList>, part: string): boolean {
  const [, before = '', prefix] = /^([0-9a-f:.]+)(?:\/(\d{1,3}))?$/i.exec(part) ?? [];
  const address = parseIpAddress(before);
  if (!address) return false;
  const isMapped = address.family === 'ipv4' && before.includes(':');
  const width = WIDTHS[address.family];
  const bits = prefix === undefined ? width : Number(prefix) - (isMapped ? MAPPING_BITS : 0);
  if (bits < 0 || bits > width) return false;
  lists[address.family].addSubnet(address.text, bits, address.family);
  return true;
}
