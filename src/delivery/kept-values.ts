import { isSecretName } from '../platform/masking.ts';
import { plainText, valueAt, type TagPath } from '../template/dynamic-tags.ts';
import { externalValueAt, isExternalTag } from '../template/external-tag.ts';
import { isSecretUrl } from './endpoint/secret-url.ts';

/** The longest text that a tag stands for: more than servers take in an address or a header. */
export const TAG_CHARACTERS = 4096;

/** Of what no tag names yet: enough for ids, names and addresses of mail, for a URL that is corrected later. */
const SPARE_TEXT_CHARACTERS = 256;
const SPARE_CHARACTERS = 2048;
const SPARE_LEVELS = 3;
/** A message may hold an object of any size. */
const LOOKED_AT_COUNT = 500;

type Kept = Record<string, string>;

/**
 * The values for the dynamic tags of a message's endpoints, as JSON: the texts of those that are named, and a spare set for an
 * endpoint that is corrected later, or another one that it is sent to again: the short values of the survey record (but not of
 * what was received) and of the message's top level, 2 KB at most, none whose name tells of a secret and no URL that can hold one.
 * What the payload has needs no copy, as the body holds it. `externalTexts` are those of external data that the message itself does not
 * have, by `tagKey`. Throws HOOK_MESSAGE_UNREADABLE for a value that has no text.
 */
export function keepValues(
  message: object,
  tags: readonly TagPath[],
  externalTexts: ReadonlyMap<string, string> = new Map(),
): string {
  const survey = valueAt(message, ['survey']);
  const kept = new Map<string, string>();
  for (const tag of tags) {
    const [key, text] = textAt({ message, survey, externalTexts }, tag);
    // One more than is allowed, so that it is seen to be too long when it is to be sent.
    if (text !== '') kept.set(key, text.slice(0, TAG_CHARACTERS + 1));
  }
  const spare = new SpareTexts(kept);
  spare.take(survey, { prefix: 'survey.', levels: SPARE_LEVELS });
  spare.take(message, { prefix: '', levels: 1 });
  return JSON.stringify(Object.fromEntries(kept));
}

/** Reads a value that `keepValues` kept; undefined = none. */
export function readKept(values: string): (tag: TagPath) => string | undefined {
  // Written by `keepValues`, and by nothing else.
  const kept = JSON.parse(values) as Kept;
  const get = (key: string): string | undefined => (Object.hasOwn(kept, key) ? kept[key] : undefined);
  return (tag) => {
    const own = isExternalTag(tag) ? undefined : get(tagKey(['survey', ...tag]));
    return own ?? get(tagKey(tag));
  };
}

/** What a tag's text is kept under. Names hold no dots: a tag is taken apart at each. */
export const tagKey = (path: TagPath): string => path.join('.');

interface TextSources {
  readonly message: object;
  readonly survey: unknown;
  readonly externalTexts: ReadonlyMap<string, string>;
}

/** A tag's text, and where it was found: in the survey record, else in the message. What is empty in the record is not known there. */
function textAt(
  { message, survey, externalTexts }: TextSources,
  tag: TagPath,
): readonly [key: string, text: string] {
  if (isExternalTag(tag))
    return [tagKey(tag), plainText(externalValueAt(message, tag)) || (externalTexts.get(tagKey(tag)) ?? '')];
  const text = plainText(valueAt(survey, tag));
  return text === '' ? [tagKey(tag), plainText(valueAt(message, tag))] : [tagKey(['survey', ...tag]), text];
}

/** Gathers short texts, numbers and switches until there is no more room for them. */
class SpareTexts {
  readonly #kept: Map<string, string>;
  #room = SPARE_CHARACTERS;

  constructor(kept: Map<string, string>) {
    this.#kept = kept;
  }

  /** Takes what is in an object, and in the objects and lists within it as deep as asked. */
  take(value: unknown, { prefix, levels }: { readonly prefix: string; readonly levels: number }): void {
    if (typeof value !== 'object' || value === null || levels === 0) return;
    let lookedAt = 0;
    for (const name in value) {
      lookedAt += 1;
      if (lookedAt > LOOKED_AT_COUNT || this.#room < 0) return;
      if (!Object.hasOwn(value, name) || isLeftOut(name)) continue;
      const inner: unknown = value[name as keyof typeof value];
      if (typeof inner === 'object') this.take(inner, { prefix: `${prefix}${name}.`, levels: levels - 1 });
      else this.#add(`${prefix}${name}`, plainText(inner));
    }
  }

  #add(key: string, text: string): void {
    if (text === '' || text.length > SPARE_TEXT_CHARACTERS || canHoldLogin(text)) return;
    if (this.#kept.has(key)) return;
    this.#room -= key.length + text.length;
    if (this.#room >= 0) this.#kept.set(key, text);
  }
}

/** A URL with a query or with user information, or one that is a key itself: nodes that call URLs leave them at the message. */
const canHoldLogin = (text: string): boolean =>
  /:\/\/[^]*[?@]/.test(text) || (text.match(/https?:\S+/gi) ?? []).some(isSecretUrl);

/** The record holds what was received as `raw`; names with a dot in them cannot be asked for. */
const isLeftOut = (name: string): boolean =>
  name === 'raw' || name.startsWith('_') || name.includes('.') || isSecretName(name);
