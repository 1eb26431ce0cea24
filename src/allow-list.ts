import { isInNetwork, parseIpNetworks, type IpNetwork } from './ip-network.ts';
import { parseIpAddress, type IpAddress } from './ip-address.ts';

/** Addresses and hosts that may be sent to although a rule refuses what they are. */
export interface AllowList {
  readonly networks: readonly IpNetwork[];
  /** In lower case, without a dot at the end; `*.example.com` = every name below it. */
  readonly hosts: readonly string[];
}

/** A list that allows nothing. */
export const NOTHING_ALLOWED: AllowList = { networks: [], hosts: [] };

/** What a host's name may consist of as it is typed; the rest is for URLs and addresses. */
const HOST = /^(\*\.)?([^\s/:@?#%[\]\\*]+)$/;

/**
 * The list of a setting such as `10.0.0.0/8, helpdesk.local, *.corp.example`, parted by commas, semicolons, spaces or lines.
 * Undefined where a part of it is neither an address, nor a network (CIDR), nor a host.
 */
export function parseAllowList(text: string): AllowList | undefined {
  const networks: IpNetwork[] = [];
  const hosts: string[] = [];
  for (const part of text.split(/[\s,;]+/).filter((one) => one !== '')) {
    const found = parseIpNetworks(part);
    const host = found ? undefined : parseHost(part);
    if (found) networks.push(...found);
    else if (host !== undefined) hosts.push(host);
    else return undefined;
  }
  return { networks, hosts };
}

/** Whether the list names the address. */
export const isAddressAllowed = ({ networks }: AllowList, address: IpAddress): boolean =>
  networks.some((network) => isInNetwork(address, network));

/** Whether the list names the host, as the host of a URL is written. */
export function isHostAllowed({ hosts }: AllowList, host: string): boolean {
  const name = plainHost(host);
  return hosts.some((one) => (one.startsWith('*.') ? name.endsWith(one.slice(1)) : name === one));
}

function parseHost(part: string): string | undefined {
  const [, below = '', name = ''] = HOST.exec(part) ?? [];
  const url = `http://${name}`;
  if (name === '' || !URL.canParse(url)) return undefined;
  // As a URL writes it: names with other letters than ASCII's have a form of their own there.
  const host = plainHost(new URL(url).hostname);
  // Digits that a URL takes for an address, such as 127.1, are more likely a mistake than a host.
  return host === '' || parseIpAddress(host) ? undefined : `${below}${host}`;
}

const plainHost = (host: string): string => host.toLowerCase().replace(/\.$/, '');
