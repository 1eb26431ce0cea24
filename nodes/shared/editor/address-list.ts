import { parseIpNetworks } from '../../../src/ip-network.ts';

/** Whether a text is nothing, or addresses and networks (CIDR) with commas or spaces between. */
export const isAddressList = (text: string): boolean => parseIpNetworks(text) !== undefined;
