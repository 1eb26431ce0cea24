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
  /** The inputs of all stored secrets, the secret URL's among them. */
  secrets: readonly JQuery[];
  /** Said when a URL was moved to the secrets. */
  movedNotice: JQuery;
  /** Said when secrets were dropped because the address is another's. */
  droppedNotice: JQuery;
}

const keyOf = (url: string): string => originOf(url) || url.trim();

/**
 * The address of an endpoint. A URL that is itself a secret is moved to the credentials, and the plain setting keeps the
 * origin for people to see. Secrets that were stored for one origin are not kept for another.
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
  const dropStored = storedSecretsGuard(parts, keyOf(toText(url.val())));
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
      if (originOf(text) !== '' && !isSecretOrigin(text)) hide(text);
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

/** Empties the stored secrets while the address is not the one they were stored for, and brings them back when it is again. */
function storedSecretsGuard({ secrets, droppedNotice }: AddressParts, home: string): (key: string) => void {
  const stored = secrets.filter((input) => input.val() === STORED);
  return (key) => {
    const [wanted, unwanted] = key === home ? [STORED, ''] : ['', STORED];
    for (const input of stored) if (input.val() === unwanted) input.val(wanted).trigger('change');
    droppedNotice.toggle(stored.length > 0 && key !== home);
  };
}
