import { chosenConfig } from './config-choice.ts';
import { isPlainHttp } from './url.ts';
import { toText } from './text.ts';

/** Hides the row of the TLS configuration where the URL needs none, but not while one is chosen, so that it can be taken out. */
export function tlsRow({ url, tls, row }: { url: JQuery; tls: JQuery; row: JQuery }): void {
  const isChosen = (): boolean => chosenConfig(toText(tls.val()), 'tls-config') !== undefined;
  const update = (): void => void row.toggle(!isPlainHttp(toText(url.val())) || isChosen());
  url.on('change input', update);
  tls.on('change', update);
  update();
}
