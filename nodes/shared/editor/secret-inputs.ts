import { isSchemeId, type SchemeId } from '../../../src/signature/scheme-facts.ts';
import { newSecret, type KeyEncoding } from './new-secret.ts';
import { STORED } from './stored-password.ts';
import { toText } from './text.ts';

interface FormParts {
  scheme: JQuery;
  keyEncoding: JQuery;
}

/** The scheme that a dialog's text names; the default where it is none that is known. */
export const schemeOf = (text: string): SchemeId => (isSchemeId(text) ? text : 'standard-webhooks');

export const keyEncodingOf = (text: string): KeyEncoding =>
  text === 'hex' || text === 'base64' ? text : 'utf8';

/** Makes secrets in the form of the chosen scheme. One that was made and not typed over follows when another form is chosen. */
export function secretMaker(secret: JQuery, { scheme, keyEncoding }: FormParts): () => string {
  let made = '';
  const make = (): string =>
    (made = newSecret(schemeOf(toText(scheme.val())), keyEncodingOf(toText(keyEncoding.val()))));
  const follow = (): void => {
    if (made !== '' && secret.val() === made) secret.val(make()).trigger('change');
  };
  scheme.on('change', follow);
  keyEncoding.on('change', follow);
  return make;
}

interface RotationParts {
  secret: JQuery;
  previous: JQuery;
  /** The row that says until when the previous secret counts. */
  untilRow: JQuery;
  /** Said while the stored secret is given up and none stands in for it. */
  notice: JQuery;
}

/** Asks until when the previous secret counts while there is one, and warns while there is none and the secret changes. */
export function secretRotation({ secret, previous, untilRow, notice }: RotationParts): void {
  const wasStored = secret.val() === STORED;
  const update = (): void => {
    const isAlone = previous.val() === '';
    untilRow.toggle(!isAlone);
    notice.toggle(isAlone && wasStored && secret.val() !== STORED && secret.val() !== '');
  };
  for (const input of [secret, previous]) input.on('change input', update);
  update();
}
