/** Random bytes as base64url (RFC 4648 section 5). `getRandomValues` is there also over plain HTTP, where `crypto.subtle` is not. */
export function randomText(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...random))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
