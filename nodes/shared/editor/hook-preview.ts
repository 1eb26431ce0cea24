import { copyOnClick } from './copy-button.ts';
import { curlLine, hookUrl } from './hook-address.ts';
import { STORED } from './stored-password.ts';
import { toText } from './text.ts';

interface HookPreviewParts {
  path: JQuery;
  kind: JQuery;
  auth: JQuery;
  username: JQuery;
  password: JQuery;
  post: JQuery;
  url: JQuery;
  curl: JQuery;
  copyUrl: JQuery;
  copyCurl: JQuery;
}

interface HookPreviewWords {
  copied: string;
  /** Stands for a password that cannot be shown. */
  placeholder: string;
}

/** Shows the URL of a hook and a curl line that calls it, as the dialog's inputs stand. */
export function hookPreview(parts: HookPreviewParts, words: HookPreviewWords): void {
  const { path, kind, auth, username, password, post, url, curl } = parts;
  const update = (): void => {
    const address = hookUrl(location.origin, RED.settings.httpNodeRoot || '/', toText(path.val()));
    const isBasic = kind.val() === 'webhook' && auth.val() === 'basic';
    const typed = toText(password.val());
    const shown = typed === STORED || typed === '' ? words.placeholder : typed;
    url.text(address);
    curl.text(
      curlLine({
        url: address,
        method: post.prop('checked') === true ? 'POST' : 'PUT',
        kind: toText(kind.val()),
        ...(isBasic ? { credentials: { username: toText(username.val()), password: shown } } : {}),
      }),
    );
  };
  for (const input of [path, kind, auth, username, password, post]) input.on('change input', update);
  copyOnClick(parts.copyUrl, () => url.text(), words.copied);
  copyOnClick(parts.copyCurl, () => curl.text(), words.copied);
  update();
}
