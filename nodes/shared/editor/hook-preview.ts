import { copyOnClick } from './copy-button.ts';
import { curlLine, hookUrl, type CurlRequest } from './hook-address.ts';
import { STORED } from './stored-password.ts';
import { toText } from './text.ts';

interface HookPreviewParts {
  path: JQuery;
  kind: JQuery;
  auth: JQuery;
  username: JQuery;
  password: JQuery;
  apiKeys: JQuery;
  apiKeyHeader: JQuery;
  post: JQuery;
  url: JQuery;
  curl: JQuery;
  copyUrl: JQuery;
  copyCurl: JQuery;
}

interface HookPreviewWords {
  copied: string;
  /** Stand for a password and a key that cannot be shown. */
  password: string;
  key: string;
}

/** Shows the URL of a hook and a curl line that calls it, as the dialog's inputs stand. `newKey` is empty where no key can be shown. */
export function hookPreview(parts: HookPreviewParts, words: HookPreviewWords, newKey: () => string): void {
  const { path, kind, post, url, curl } = parts;
  const update = (): void => {
    const address = hookUrl(location.origin, RED.settings.httpNodeRoot || '/', toText(path.val()));
    url.text(address);
    curl.text(
      curlLine({
        url: address,
        method: post.prop('checked') === true ? 'POST' : 'PUT',
        kind: toText(kind.val()),
        ...proofOf(parts, words, newKey()),
      }),
    );
  };
  const { auth, username, password, apiKeys, apiKeyHeader } = parts;
  for (const input of [path, kind, auth, username, password, apiKeys, apiKeyHeader, post])
    input.on('change input', update);
  copyOnClick(parts.copyUrl, () => url.text(), words.copied);
  copyOnClick(parts.copyCurl, () => curl.text(), words.copied);
  update();
}

/** What the line sends to prove who sends. */
function proofOf(
  { kind, auth, username, password, apiKeyHeader }: HookPreviewParts,
  words: HookPreviewWords,
  newKey: string,
): Pick<CurlRequest, 'credentials' | 'apiKey'> {
  if (kind.val() !== 'webhook') return {};
  const typed = toText(password.val());
  const shown = typed === STORED || typed === '' ? words.password : typed;
  if (auth.val() === 'basic') return { credentials: { username: toText(username.val()), password: shown } };
  if (auth.val() !== 'api-key') return {};
  const header = toText(apiKeyHeader.val()).trim() || 'authorization';
  return { apiKey: { header, key: newKey || words.key } };
}
