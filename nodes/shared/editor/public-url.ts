/** Whether a text is the first part of a URL as senders see it: scheme, host and perhaps a path, and nothing else. */
export function isPublicUrl(text: string): boolean {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return !/[?#]/.test(text) && url.username === '' && url.password === '';
}
