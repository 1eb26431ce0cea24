import { copyOnClick } from '../../../shared/editor/copy-button.ts';
import type { SentRequest } from '../deliveries/delivery.ts';
import { makeIconButton } from '../icon-button.ts';
import { curlText } from './curl.ts';
import { prettyText } from './pretty-text.ts';
import { addText, headersText } from './text-block.ts';

/** What was sent: the payload as people read it, the address and the headers, secrets masked. */
export function makeRequestPart(words: Words) {
  const copy = makeIconButton('fa-terminal', words('webhook-log-tab.detail.curl'));
  const title = $('<h3>').text(words('webhook-log-tab.detail.request'));
  const texts = $('<div>');
  const element = $('<section>').append(
    $('<div class="survey-hooks-log-with-button">').append(title, copy),
    texts,
  );
  let shown: SentRequest | undefined;
  copyOnClick(copy, () => (shown ? curlText(shown) : ''), words('webhook-log-tab.detail.copied'));

  const show = (request: SentRequest): void => {
    // Who marks a part of it to copy it must not lose that.
    if (JSON.stringify(request) === JSON.stringify(shown)) return;
    shown = request;
    texts.empty();
    const payload = prettyText(request.body, contentTypeOf(request));
    addText(texts, { label: words('webhook-log-tab.detail.payload'), text: payload });
    const line = [request.method, request.url].filter((part) => part !== null).join(' ');
    const head = [line, headersText(request.headers)].filter((part) => part !== '').join('\n');
    addText(texts, { label: words('webhook-log-tab.detail.request-headers'), text: head });
  };
  return { element, show };
}

function contentTypeOf({ headers }: SentRequest): string {
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
  return found?.[1] ?? '';
}
