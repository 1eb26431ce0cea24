/** An IP address in one spelling, so that two texts for one address are equal. */
export interface IpAddress {
  readonly family: 'ipv4' | 'ipv6';
  /** Of IPv6: eight groups without leading zeros, none left out, no zone. */
  readonly text: string;
}

/** Four decimal bytes without leading zeros, which some read as octal. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
/** A group of an IPv6 address. */
const HEX = /^[0-9a-f]{1,4}$/;
/** IPv4 addresses within IPv6 (RFC 4291, 2.5.5.2). */
const MAPPED = /^0:0:0:0:0:ffff:([0-9a-f]+):([0-9a-f]+)$/;
/** `203.0.113.7:4711` and `[2001:db8::1]:4711`. */
const WITH_PORT = /^(?:\[([^\]]*)\]|(\d+\.\d+\.\d+\.\d+))(?::\d{1,5})?$/;

/**
 * The address that a text names; undefined if it names none. One that maps an IPv4 address is that IPv4 address, because it depends
 * on how a server listens which of them it sees. A zone is left out.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  const plain = text.replace(/%.*$/s, '').toLowerCase();
  if (IPV4.test(plain)) return { family: 'ipv4', text: plain };
  if (!isIpv6(plain)) return undefined;
  const spelled = spellOut(plain);
  const [, high, low] = MAPPED.exec(spelled) ?? [];
  if (high === undefined || low === undefined) return { family: 'ipv6', text: spelled };
  return { family: 'ipv4', text: [...bytesOf(high), ...bytesOf(low)].join('.') };
}

/** The address that a connection or a proxy names as the sender's: some proxies write its port behind it. */
export function parseSenderAddress(text: string): IpAddress | undefined {
  const [, ipv6, ipv4] = WITH_PORT.exec(text) ?? [];
  return parseIpAddress(ipv6 ?? ipv4 ?? text);
}

/** RFC 4291, 2.2: eight groups, some left out once, the last two perhaps as an IPv4 address. */
function isIpv6(text: string): boolean {
  const [before = '', after, ...more] = text.split('::');
  const groups = [before, after ?? ''].flatMap((part) => (part === '' ? [] : part.split(':')));
  const last = groups.at(-1) ?? '';
  const isMixed = IPV4.test(last) && text.endsWith(last);
  const isEach = groups.every((group, at) => HEX.test(group) || (isMixed && at === groups.length - 1));
  const count = groups.length + (isMixed ? 1 : 0);
  return more.length === 0 && isEach && (after === undefined ? count === 8 : count < 8);
}

/** Of an IPv6 address, which is known to be one. */
function spellOut(address: string): string {
  const [before = '', after] = address.split('::');
  const [first, last] = [groupsOf(before), groupsOf(after ?? '')];
  const missing = Array<string>(after === undefined ? 0 : 8 - first.length - last.length).fill('0');
  return [...first, ...missing, ...last].join(':');
}

const groupsOf = (text: string): string[] =>
  text
    .split(':')
    .filter((group) => group !== '')
    .flatMap((group) => (group.includes('.') ? groupsOfIPv4(group) : parseInt(group, 16).toString(16)));

function groupsOfIPv4(text: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number);
  return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
}

function bytesOf(group: string): [number, number] {
  const value = parseInt(group, 16);
  return [value >> 8, value & 0xff];
}

/** The bytes of an address, the first one first: 4 or 16. */
export function bytesOfAddress({ family, text }: IpAddress): number[] {
  return family === 'ipv4' ? text.split('.').map(Number) : text.split(':').flatMap(bytesOf);
}

/** The IPv4 address of four bytes. */
export const ipv4OfBytes = (bytes: readonly number[]): IpAddress => ({
  family: 'ipv4',
  text: bytes.join('.'),
});
