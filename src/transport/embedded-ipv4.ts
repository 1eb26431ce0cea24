import { bytesOfAddress, ipv4OfBytes, type IpAddress } from '../ip-address.ts';
import { isInNetwork, parseIpNetworks, type IpNetwork } from '../ip-network.ts';

/** A form in which an IPv6 address holds an IPv4 address, to which a network with such forms sends what is sent to it. */
interface Form {
  readonly network: IpNetwork;
  /** Which bytes are the IPv4 address's; several places where networks differ in it. */
  readonly places: readonly (readonly number[])[];
  /** Each bit of them is turned round. */
  readonly isInverted?: boolean;
}

const networkOf = (text: string): IpNetwork => {
  const [network] = parseIpNetworks(text) ?? [];
  if (!network) throw new TypeError(`${text} is no network.`);
  return network;
};

const LAST = [12, 13, 14, 15];

/**
 * Compatible (RFC 4291, 2.5.5.1), translated (RFC 2765, 2.1), NAT64 (RFC 6052, 2.1 and RFC 8215, whose prefix can be of four lengths,
 * with byte 8 left out), 6to4 (RFC 3056), and Teredo (RFC 4380) with the address of its server and, inverted, of its client.
 * Mapped ones are read as IPv4 wherever addresses are.
 */
const FORMS: readonly Form[] = [
  { network: networkOf('::/96'), places: [LAST] },
  { network: networkOf('::ffff:0:0:0/96'), places: [LAST] },
  { network: networkOf('64:ff9b::/96'), places: [LAST] },
  {
    network: networkOf('64:ff9b:1::/48'),
    places: [LAST, [6, 7, 9, 10], [7, 9, 10, 11], [9, 10, 11, 12]],
  },
  { network: networkOf('2002::/16'), places: [[2, 3, 4, 5]] },
  { network: networkOf('2001::/32'), places: [[4, 5, 6, 7]] },
  { network: networkOf('2001::/32'), places: [LAST], isInverted: true },
];

const LOOPBACK_OR_NONE = networkOf('::/127');

/**
 * The addresses that something sent to an address can end at: those within it, and itself where it is more than a wrapping. Never
 * empty.
 */
export function destinationsOf(address: IpAddress): readonly IpAddress[] {
  if (address.family === 'ipv4' || isInNetwork(address, LOOPBACK_OR_NONE)) return [address];
  const bytes = bytesOfAddress(address);
  const inner = FORMS.filter(({ network }) => isInNetwork(address, network)).flatMap((form) =>
    unwrap(bytes, form),
  );
  const isatap = isIsatap(bytes) ? [ipv4OfBytes(bytes.slice(12))] : [];
  return inner.length > 0 ? [...inner, ...isatap] : [address, ...isatap];
}

function unwrap(bytes: readonly number[], { places, isInverted = false }: Form): IpAddress[] {
  const mask = isInverted ? 0xff : 0;
  const found = places.map((place) => place.map((at) => (bytes[at] ?? 0) ^ mask));
  // Where a network does not put its address, there are mostly zeros.
  const filled = found.filter(([first]) => first !== 0);
  return (filled.length > 0 ? filled : found.slice(0, 1)).map(ipv4OfBytes);
}

/** RFC 5214, 6.1, whatever the prefix. */
const isIsatap = (bytes: readonly number[]): boolean =>
  ((bytes[8] ?? 0) & 0xfd) === 0 && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe;
