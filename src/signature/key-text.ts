import { createSecretKey, type KeyObject } from 'node:crypto';
import { textKey } from './hmac.ts';
import type { KeyEncoding } from './notation.ts';
import type { KeyFault } from './scheme.ts';

/** The key that a text stands for. Keys are pasted, so base64 may lack its padding or be that of URLs, and hex be in capitals. */
export function readKeyText(secret: string, encoding: KeyEncoding): KeyObject | KeyFault {
  switch (encoding) {
    case 'utf8':
      return textKey(secret);
    case 'hex':
      return /^(?:[0-9a-f]{2})+$/i.test(secret)
        ? createSecretKey(Buffer.from(secret, 'hex'))
        : { fault: 'It must be hex: an even number of digits and the letters a to f.' };
    case 'base64': {
      const bytes = readBase64(secret);
      return bytes ? createSecretKey(bytes) : { fault: 'It must be base64.' };
    }
  }
}

/** The bytes of a base64 text, with or without padding, in either alphabet; undefined where it is none. */
function readBase64(text: string): Buffer | undefined {
  const [, digits = ''] = /^([a-z0-9+/]+|[a-z0-9_-]+)={0,2}$/i.exec(text) ?? [];
  // Four characters stand for three bytes; one alone at the end for none.
  return digits === '' || digits.length % 4 === 1 ? undefined : Buffer.from(digits, 'base64');
}
