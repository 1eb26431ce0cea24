import { isAddressAllowed, isHostAllowed } from '../allow-list.ts';
import type { NetworkRules } from '../delivery/endpoint/route.ts';
import { parseIpAddress, type IpAddress } from '../ip-address.ts';
import { kindOf, type AddressKind } from './address-kind.ts';
import { destinationsOf } from './embedded-ipv4.ts';

/** Nothing is sent to these, whatever the settings are: whoever can name them reads a machine's own secrets, or reaches all at once. */
const NEVER: readonly AddressKind[] = ['unspecified', 'link-local', 'metadata', 'multicast', 'broadcast'];

/** A host, and an address that it has. */
export interface Destination {
  /** As a URL writes it, without the brackets of IPv6. */
  readonly host: string;
  readonly address: string;
}

/** Why nothing may be sent to an address, in words for people; undefined = it may. */
export function refusalOf({ host, address }: Destination, rules: NetworkRules): string | undefined {
  const parsed = parseIpAddress(address);
  // What cannot be read cannot be judged.
  if (!parsed) return refusal('reserved', 'public');
  const isRefused = refuser(rules, isHostAllowed(rules.allow, host));
  const refused = destinationsOf(parsed).find(isRefused);
  return refused && refusal(kindOf(refused), rules.network);
}

/** The same for a host that is written as an address; undefined for a name, whose addresses are not known yet. */
export function literalRefusal(host: string, rules: NetworkRules): string | undefined {
  return parseIpAddress(host) ? refusalOf({ host, address: host }, rules) : undefined;
}

function refuser({ network, allow }: NetworkRules, isHostListed: boolean) {
  return (address: IpAddress): boolean => {
    const kind = kindOf(address);
    if (NEVER.includes(kind)) return true;
    return network === 'public' && kind !== 'public' && !isHostListed && !isAddressAllowed(allow, address);
  };
}

function refusal(kind: AddressKind, network: NetworkRules['network']): string {
  const what = `The endpoint leads to ${WORDS[kind]}`;
  if (NEVER.includes(kind) || network === 'any') return `${what}: no setting lets anything be sent there.`;
  return `${what}, and its network is set to public addresses only: allow the host or the address beside that setting.`;
}

const WORDS: Readonly<Record<AddressKind, string>> = {
  public: 'a public address',
  unspecified: 'an unspecified address (such as 0.0.0.0)',
  loopback: 'the machine that Node-RED runs on (a loopback address)',
  private: 'a private address',
  shared: 'an address shared within a provider’s network (100.64.0.0/10)',
  'link-local': 'a link-local address',
  metadata: 'a metadata service, which tells a machine its secrets',
  documentation: 'an address for documentation',
  benchmarking: 'an address for benchmarks',
  multicast: 'a multicast address',
  broadcast: 'the broadcast address',
  reserved: 'a reserved address',
};
