import { bytesOfAddress, parseIpAddress, type IpAddress } from './ip-address.ts';

/** Addresses that begin alike (CIDR); one address alone is the network of all its bits. */
export interface IpNetwork {
  readonly address: IpAddress;
  /** How many bits they share. */
  readonly bits: number;
}

const WIDTHS = { ipv4: 32, ipv6: 128 } as const;
/** How many bits of an IPv6 address say that it maps an IPv4 address. */
const MAPPING_BITS = WIDTHS.ipv6 - WIDTHS.ipv4;

/**
 * The networks of a text such as `192.0.2.7, 10.0.0.0/8, 2001:db8::/32`; none of an empty one. Undefined where a part of it is neither
 * an address nor a network.
 */
export function parseIpNetworks(text: string): readonly IpNetwork[] | undefined {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const networks = parts.map(parseIpNetwork);
  return networks.every((network) => network !== undefined) ? networks : undefined;
}

function parseIpNetwork(text: string): IpNetwork | undefined {
  const [, before = '', prefix] = /^([0-9a-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const address = parseIpAddress(before);
  if (!address) return undefined;
  const isMapped = address.family === 'ipv4' && before.includes(':');
  const width = WIDTHS[address.family];
  const bits = prefix === undefined ? width : Number(prefix) - (isMapped ? MAPPING_BITS : 0);
  return bits >= 0 && bits <= width ? { address, bits } : undefined;
}

/** Whether an address is one of the network's; an IPv4 address is never one of an IPv6 network's. */
export function isInNetwork(address: IpAddress, { address: first, bits }: IpNetwork): boolean {
  if (address.family !== first.family) return false;
  const [bytes, prefix] = [bytesOfAddress(address), bytesOfAddress(first)];
  return bytes.every((byte, at) => {
    const shared = Math.min(Math.max(bits - at * 8, 0), 8);
    return (byte ^ (prefix[at] ?? 0)) >> (8 - shared) === 0;
  });
}
