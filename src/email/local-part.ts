import { isEmailAddress } from '../email-address.ts';

/** The local part of a hook's address in small letters; undefined where senders could not write to it. */
export function readLocalPart(setting: string): string | undefined {
  const localPart = setting.trim().toLowerCase();
  const isPlain = /^[\x21-\x7e]+$/.test(localPart) && isEmailAddress(`${localPart}@example.com`);
  return isPlain ? localPart : undefined;
}
