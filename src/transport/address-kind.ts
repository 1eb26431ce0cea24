import { type IpAddress } from '../ip-address.ts';
import { isInNetwork, parseIpNetworks } from '../ip-network.ts';

/** What an address is for. */
export type AddressKind =
  | 'public'
  | 'unspecified'
  | 'loopback'
  | 'private'
  | 'shared'
  | 'link-local'
  | 'metadata'
  | 'documentation'
  | 'benchmarking'
  | 'multicast'
  | 'broadcast'
  | 'reserved';

/**
 * The networks that are not public, the narrower ones first: IANA's registries of special-purpose addresses
 * (https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry), and the addresses at which providers
 * of machines tell those their secrets.
 */
const NETWORKS: readonly (readonly [kind: AddressKind, networks: string])[] = [
  // Alibaba, Oracle, Azure; AWS for both families, Google, Oracle and Scaleway in IPv6.
  ['metadata', '100.100.100.200, 192.0.0.192, 168.63.129.16, 169.254.169.254'],
  ['metadata', 'fd00:ec2::/32, fd20:ce::254, fd00:c1::a9fe:a9fe, fd00:42::42'],
  ['unspecified', '0.0.0.0/8, ::'],
  ['loopback', '127.0.0.0/8, ::1'],
  ['link-local', '169.254.0.0/16, fe80::/10'],
  ['private', '10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7, fec0::/10'],
  ['shared', '100.64.0.0/10'],
  ['documentation', '192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32, 3fff::/20'],
  ['benchmarking', '198.18.0.0/15, 2001:2::/48'],
  ['multicast', '224.0.0.0/4, ff00::/8'],
  ['broadcast', '255.255.255.255'],
  ['reserved', '192.0.0.0/24, 192.88.99.0/24, 240.0.0.0/4, 2001::/23'],
  ['public', '0.0.0.0/0, 2000::/3'],
];

const PARSED = NETWORKS.map(([kind, text]) => [kind, parseIpNetworks(text) ?? []] as const);

/** What an address is for; of IPv6, all that is not given out yet is reserved. What it may hold of another is not looked at. */
export function kindOf(address: IpAddress): AddressKind {
  const found = PARSED.find(([, networks]) => networks.some((network) => isInNetwork(address, network)));
  return found?.[0] ?? 'reserved';
}
