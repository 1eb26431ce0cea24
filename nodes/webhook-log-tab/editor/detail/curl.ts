import type { SentRequest } from '../deliveries/delivery.ts';

/** What the log shows in place of a secret. */
const MASK = '[secret]';

/** A command that sends the same request from a shell. Where a secret was stands a placeholder that names it, such as `<authorization>`. */
export function curlText({ method, url, headers, body }: SentRequest): string {
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const parts = [
    `curl -X ${quote(method ?? 'POST')} ${quote(unmask(url ?? '<url>', 'secret'))}`,
    ...Object.entries(headers).map(
      ([name, value]) => `-H ${quote(`${name}: ${unmask(value, name.toLowerCase())}`)}`,
    ),
    ...(hasBody ? [`--data-raw ${quote(body)}`] : []),
  ];
  return parts.join(' \\\n  ');
}

const unmask = (text: string, name: string): string => text.replaceAll(MASK, `<${name}>`);

/** Control characters, but for line breaks and tabs: a terminal obeys them even where they are pasted within quotes. */
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g;

function quote(text: string): string {
  if (/^[\w.,:/@%+=-]+$/.test(text)) return text;
  // `matchAll` and `replace` begin anew each time, `test` would not.
  if (text.search(CONTROL) < 0) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = text
    .replace(/[\\']/g, String.raw`\$&`)
    .replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `$'${escaped}'`;
}
