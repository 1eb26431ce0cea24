import { HookError } from '../errors.ts';
import { describeTag, isEnvTag, plainText, valueAt, type TagPath } from '../template/dynamic-tags.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryEvent } from './delivery-store.ts';
import { readKept, TAG_CHARACTERS } from './kept-values.ts';

/** Reads a variable of the environment as it is now; undefined = there is none. */
export type ReadEnv = (name: string) => unknown;

interface TagSources {
  readonly delivery: Pick<Delivery, 'id'>;
  readonly event: DeliveryEvent;
  readonly readEnv: ReadEnv;
}

/** A body beyond this is not read for a value: it would hold up everything else. */
const READ_BODY_BYTES = 256 * 1024;

/** What the dynamic tags of an endpoint stand for in one attempt: values fixed at acceptance, and the environment as it is now. */
export class EventTags {
  readonly #sources: TagSources;
  readonly #missing = new Set<string>();
  #kept: ReturnType<typeof readKept> | undefined;
  #body: unknown;

  constructor(sources: TagSources) {
    this.#sources = sources;
  }

  /** What is to be told of the tags that were read: each that had no value. */
  get warnings(): string[] {
    return [...this.#missing].map((tag) => `${tag} has no value, so nothing stands in its place.`);
  }

  /** A tag's text; empty where it has no value. Throws HOOK_MESSAGE_UNREADABLE for one that is too long to be sent. */
  readonly text = (tag: TagPath): string => {
    const text = this.#read(tag);
    if (text === '') this.#missing.add(describeTag(tag));
    if (text.length <= TAG_CHARACTERS) return text;
    throw new HookError(
      'HOOK_MESSAGE_UNREADABLE',
      `The value of ${describeTag(tag)} is longer than ${TAG_CHARACTERS} characters, which is too much for a URL or a header.`,
    );
  };

  #read(tag: TagPath): string {
    const { delivery, event, readEnv } = this.#sources;
    const [root, ...names] = tag;
    if (isEnvTag(tag)) return plainText(readEnv(names.join('.')));
    if (root === 'delivery')
      return plainText(valueAt({ id: delivery.id, webhookId: event.webhookId }, names));
    this.#kept ??= readKept(event.values);
    return this.#kept(tag) ?? (root === 'payload' ? plainText(valueAt(this.#payload(), names)) : '');
  }

  /** What the body was made of, for a tag that nobody named when the event was accepted. */
  #payload(): unknown {
    this.#body ??= readBody(this.#sources.event) ?? {};
    return this.#body;
  }
}

function readBody({ body, contentType }: DeliveryEvent): unknown {
  if (body.byteLength > READ_BODY_BYTES) return undefined;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  if (contentType !== 'application/json') return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
