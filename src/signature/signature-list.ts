/** How many items of a list are looked at, and how many of them can be signatures: each costs time, and a rotation needs few. */
const MOST_ITEMS = 40;
const MOST_SIGNATURES = 10;

/** The items of a header's value, which commas and spaces separate. */
export const splitItems = (value: string): string[] =>
  value.split(/[ \t,]+/, MOST_ITEMS).filter((item) => item !== '');

/** What stands behind a name such as `t=` in the first item that begins with it. */
export const itemOf = (items: readonly string[], name: string): string | undefined =>
  items.find((item) => item.startsWith(name))?.slice(name.length);

/**
 * The texts that can be signatures: behind the prefix, and items without a name that follow such a one, as in `v0=one,two` or
 * `HMAC one`.
 */
export function signatureTexts(items: readonly string[], prefix: string): string[] {
  const start = withoutSeparator(prefix);
  let isOurs = start === '';
  const texts: string[] = [];
  for (const item of items) {
    const carries = item.startsWith(start);
    isOurs = carries || (isOurs && !NAMED.test(item));
    if (isOurs) texts.push(carries ? item.slice(start.length) : item);
  }
  return texts.filter((text) => text !== '').slice(0, MOST_SIGNATURES);
}

/** A prefix may end with what separates items. */
const withoutSeparator = (prefix: string): string => prefix.replace(/[ \t,]+$/, '');

/** Something follows the `=`: at the end of base64 nothing does, or one more. */
const NAMED = /^[a-z][\w-]*=[^=]/i;
