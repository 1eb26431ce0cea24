import { isForbiddenHeader } from '../../../src/delivery/header.ts';
import { isHeaderName } from '../../../src/platform/http-header.ts';
import { headerValueFault } from './endpoint-texts.ts';
import { holdsEnv, toText } from './text.ts';

/** A header that an endpoint adds to each request. */
export interface Header {
  name: string;
  value: string;
}

/** Whether a text can stand as the name of a header that a person sets. */
export const isSettableHeader = (name: string): boolean =>
  holdsEnv(name) || (isHeaderName(name) && !isForbiddenHeader(name));

/** Whether a header can be sent as it stands. */
export const isHeader = (entry: unknown): boolean => {
  const { name, value } = readHeader(entry);
  return isSettableHeader(name) && headerValueFault(value) === undefined;
};

/** An entry of the setting as a header, whatever it is. */
export function readHeader(entry: unknown): Header {
  const { name, value } = (entry ?? {}) as Partial<Record<keyof Header, unknown>>;
  return { name: toText(name), value: toText(value) };
}
