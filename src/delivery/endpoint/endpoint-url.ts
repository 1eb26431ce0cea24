import { inspect } from 'node:util';
import { keyedMark } from '../../platform/keyed-mark.ts';
import { MASK } from '../../platform/masking.ts';
import {
  describeTag,
  isEnvTag,
  renderTemplate,
  tagsOf,
  type TagPath,
  type Template,
} from '../../template/dynamic-tags.ts';
import { fillUrl, type UnfillableUrl, type UrlTemplate } from '../../template/url-template.ts';

/** A URL as an attempt calls it, and as it may be shown. */
export interface FilledUrl {
  readonly url: URL;
  readonly shown: string;
}

/**
 * Where an endpoint receives. Printing, serialising or inspecting it gives what may be shown: no path where path and query are
 * the credential (Slack, Teams, Zapier …), and never the value of a query parameter.
 */
export class EndpointUrl {
  readonly #template: UrlTemplate;
  readonly isSecret: boolean;

  constructor(template: UrlTemplate, { isSecret }: { isSecret: boolean }) {
    this.#template = template;
    this.isSecret = isSecret;
  }

  /** Host and port, which are no secret, and are the same for all deliveries. */
  get host(): string {
    return this.#template.marked.host;
  }

  /** The dynamic tags of path and query. */
  get tags(): readonly TagPath[] {
    return [...tagsOf(this.#template.path), ...tagsOf(this.#template.query)];
  }

  /**
   * The whole URL, for the one place that sends to it, with the text of each tag filled in; or the reason why those make no URL.
   * What is shown of it has in its path what came with the event, and nothing that came from the environment.
   */
  fill(textOf: (tag: TagPath) => string): FilledUrl | UnfillableUrl {
    const url = fillUrl(this.#template, textOf);
    if ('reason' in url) return url;
    const open = fillUrl(this.#template, (tag) => (isEnvTag(tag) ? MASK : textOf(tag)));
    return { url, shown: 'reason' in open ? this.toString() : this.#show(open.pathname, open.search) };
  }

  /** Tells it from every other URL, also from those with the same host, and tells nothing of it to whoever lacks the key. */
  mark(key: string): string {
    const { marked, path, query } = this.#template;
    return keyedMark(key, [marked.origin, withTags(path), withTags(query)]);
  }

  equals(other: EndpointUrl): boolean {
    return this.mark('') === other.mark('');
  }

  toString(): string {
    const { path, query } = this.#template;
    return this.#show(withTags(path), withTags(query));
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }

  #show(path: string, query: string): string {
    const { origin } = this.#template.marked;
    if (this.isSecret) return `${origin}/${MASK}`;
    const parameters = [...new Set(Array.from(new URLSearchParams(query), maskParameter))].join('&');
    return `${origin}${path}${parameters === '' ? '' : `?${parameters}`}`.replaceAll(ENCODED_MASK, MASK);
  }
}

const ENCODED_MASK = encodeURIComponent(MASK);

/** One without a value is all value: a key alone behind the question mark. */
const maskParameter = ([name, value]: readonly [string, string]): string =>
  value === '' ? MASK : `${encodeURIComponent(name)}=${MASK}`;

/** A part of the URL as the setting has it. */
const withTags = (template: Template): string => renderTemplate(template, describeTag, String);
