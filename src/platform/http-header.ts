/** Whether a text can be a header's name (RFC 9110 section 5.1: a token). */
export const isHeaderName = (text: string): boolean => /^[!#$%&'*+\-.^_`|~0-9a-z]{1,200}$/i.test(text);

/** Whether a text can be a header's value: visible Latin-1, spaces and tabs, no line end. */
export const isHeaderValue = (text: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(text);

/** Headers that HTTP itself needs to carry a message (RFC 9110, RFC 9112): whoever sends it sets them. */
const HTTP_HEADERS: readonly string[] = [
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

export const isHttpHeader = (name: string): boolean => HTTP_HEADERS.includes(name.toLowerCase());
