import { HookError } from '../errors.ts';
import { textKey } from '../text-key.ts';
import { describeValue } from '../violation.ts';
import { phoneKey } from './identifier.ts';
import type { Properties } from './record-store.ts';

/** The keys that a contact is looked up by; empty where there is none. */
export interface ContactKeys {
  readonly emailKey: string;
  readonly phoneKey: string;
}

/** Nothing that is stored has a longer one. In characters. */
const LONGEST_VALUE = 1000;

/**
 * The key of the account that a value names: a text, or an object with `accountName`. Empty where there is nothing to look up. Throws
 * HOOK_MESSAGE_UNREADABLE for anything else.
 */
export function readAccountKey(value: unknown): string {
  const name = isObject(value) ? value['accountName'] : value;
  return textKey(textOf(name, 'the name of an account, or an object with accountName'));
}

/**
 * The keys of the contact that a value names: an email address, which has an @, or a phone number, or an object with `email` or
 * `phone`. Empty where there is nothing to look up. Throws HOOK_MESSAGE_UNREADABLE for anything else.
 */
export function readContactKeys(value: unknown): ContactKeys {
  const expected = 'an email address, a phone number, or an object with email or phone';
  if (isObject(value)) {
    const [email, phone] = [value['email'], value['phone']].map((part) => textOf(part, expected));
    return { emailKey: textKey(email ?? ''), phoneKey: phoneKey(phone ?? '') };
  }
  const text = textOf(value, expected);
  if (text.includes('@')) return { emailKey: textKey(text), phoneKey: '' };
  const key = phoneKey(text);
  if (key === '' && text !== '') throw unreadable(value, expected);
  return { emailKey: '', phoneKey: key };
}

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

/** Without outer spaces; empty for what is not there. */
function textOf(value: unknown, expected: string): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  if (typeof text !== 'string' || text.length > LONGEST_VALUE) throw unreadable(value, expected);
  return text.trim();
}

const unreadable = (value: unknown, expected: string): HookError =>
  new HookError(
    'HOOK_MESSAGE_UNREADABLE',
    `The value to look up must be ${expected}, not ${describeValue(value)}.`,
  );
