const LONE_SURROGATE = /\p{Cs}/gu;

/** A text that any receiver can decode: half a surrogate pair becomes the replacement character. */
export const wellFormed = (text: string): string => text.replace(LONE_SURROGATE, '\uFFFD');

/**
 * The first characters of a text that is escaped already, with `…` at the end where it was cut: neither an entity such as
 * `&lt;` nor a surrogate pair is cut in two. `limit` is in UTF-16 units, as JSON receivers count.
 */
export function cutEscaped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const start = text.slice(0, limit - 1);
  return `${start.replace(/&[#\w]{0,9}$/, '').replace(/[\uD800-\uDBFF]$/, '')}…`;
}
