import { isHeaderName, isHttpHeader } from '../../platform/http-header.ts';

/** Whether senders can put a key into this header: HTTP needs others itself, and some hold something else. */
export const isKeyHeader = (name: string): boolean =>
  isHeaderName(name) && !isHttpHeader(name) && !/^(?:content-.*|cookie|set-cookie)$/i.test(name);
