import { domainToASCII } from 'node:url';

/** An address that mail is sent to, in a form in which two that are the same are equal. */
export interface Recipient {
  /** In small letters: RFC 5321 would let them differ, no sender can rely on it. */
  readonly localPart: string;
  /** As DNS has it; empty where the address has none, or an IP address. */
  readonly domain: string;
}

/** The recipient of an envelope, source routes taken off. Whatever else it holds (`%`, `!`, quotes) is part of its name. */
export function readRecipient(address: string): Recipient {
  const at = address.lastIndexOf('@');
  if (at < 0) return { localPart: address.toLowerCase(), domain: '' };
  return { localPart: address.slice(0, at).toLowerCase(), domain: readDomain(address.slice(at + 1)) };
}

/** A domain as DNS has it; empty where the text is none. */
export function readDomain(text: string): string {
  const domain = text.trim().toLowerCase();
  // Behind other signs, such as a slash, the rest would be left out.
  return /^[\p{L}\p{M}\p{N}._-]+$/u.test(domain) ? domainToASCII(domain) : '';
}
