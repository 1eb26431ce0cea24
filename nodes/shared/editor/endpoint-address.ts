import { isSecretOrigin, isSecretUrl } from '../../../src/delivery/endpoint/secret-url.ts';
import { originOf } from './url.ts';
import { STORED } from './stored-password.ts';
import { toText } from './text.ts';

interface AddressParts {
  url: JQuery;
  secretUrl: JQuery;
  isSecret: JQuery;
  /** The row of the secret URL. */
  secretRow: JQuery;
  /** The inputs of all credentials, the secret URL's among them: a user name can be a key as well. */
  credentials: readonly JQuery[];
  /** Said when a URL was moved to the secrets. */
  movedNotice: JQuery;
  /** Said when credentials were dropped because the address is another's. */
  droppedNotice: JQuery;
}

/** Of an origin alone there is nothing to hide. */
const hasMoreThanOrigin = (text: string): boolean =>
  originOf(text) !== '' && originOf(text) !== text.trim().replace(/\/$/, '');

const keyOf = (url: string): string => originOf(url) || url.trim();

/**
 * The address of an endpoint. A URL that is itself a secret is moved to the credentials, and the plain setting keeps the
 * origin for people to see. Credentials that were entered for one origin are not kept for another.
 */
export function endpointAddress(parts: AddressParts): void {
  const { url, secretUrl, isSecret } = parts;
  isSecret.prop('checked', secretUrl.val() !== '' || isSecretOrigin(toText(url.val())));
  const showMode = (): void => {
    const secret = isSecret.prop('checked') === true;
    parts.secretRow.toggle(secret);
    url.prop('readonly', secret);
  };
  const hide = (whole: string): void => {
    isSecret.prop('checked', true);
    parts.movedNotice.show();
    // Its change leaves the origin in the other input, which the editor has marked as wrong and so looks at again.
    secretUrl.val(whole).trigger('change');
  };
  const dropStored = credentialsGuard(parts, keyOf(toText(url.val())));
  url.on('change', () => {
    const text = toText(url.val());
    if (isSecretUrl(text)) hide(text);
    else {
      dropStored(keyOf(text));
      showMode();
    }
  });
  secretUrl.on('change', () => {
    const origin = originOf(toText(secretUrl.val()));
    if (origin !== '') url.val(origin).trigger('change');
  });
  isSecret.on('change', () => {
    if (isSecret.prop('checked') === true) {
      const text = toText(url.val());
      if (hasMoreThanOrigin(text) && !isSecretOrigin(text)) hide(text);
    } else revealUrl(parts);
    url.trigger('change');
  });
  showMode();
}

/** Takes a URL that can still be read back from the secrets; a stored one is forgotten. */
function revealUrl({ url, secretUrl, movedNotice }: AddressParts): void {
  const text = toText(secretUrl.val());
  if (text !== STORED && text !== '') url.val(text);
  secretUrl.val('');
  movedNotice.hide();
}

/**
 * Empties what was there when the dialog opened while the address is not the one it was entered for, and brings it back when it is
 * again. A secret URL is not brought back for a URL that is none.
 */
function credentialsGuard(
  { credentials, secretUrl, isSecret, droppedNotice }: AddressParts,
  home: string,
): (key: string) => void {
  const stored = credentials
    .map((input) => ({ input, text: toText(input.val()) }))
    .filter(({ text }) => text !== '');
  let wasHome = true;
  return (key) => {
    const isHome = key === home;
    const hasMoved = isHome !== wasHome;
    wasHome = isHome;
    droppedNotice.toggle(stored.length > 0 && !isHome);
    for (const { input, text } of stored) {
      const isOfUrl = input.is(secretUrl);
      const isWanted = isHome && (!isOfUrl || isSecret.prop('checked') === true);
      const [wanted, unwanted] = isWanted ? [text, ''] : ['', text];
      // Once only, as somebody may have typed the same user name for the new address.
      if ((hasMoved || isOfUrl) && input.val() === unwanted) input.val(wanted).trigger('change');
    }
  };
}
