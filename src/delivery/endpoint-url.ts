import { inspect } from 'node:util';
import { MASK } from '../platform/masking.ts';

/**
 * Where an endpoint receives. Printing, serialising or inspecting it gives what may be shown: no path where path and query are
 * the credential (Slack, Teams, Zapier …), and never the value of a query parameter.
 */
export class EndpointUrl {
  readonly #url: URL;
  readonly isSecret: boolean;

  constructor(url: URL, { isSecret }: { isSecret: boolean }) {
    this.#url = url;
    this.isSecret = isSecret;
  }

  /** Host and port, which are no secret. */
  get host(): string {
    return this.#url.host;
  }

  /** The whole URL, for the one place that sends to it. */
  reveal(): URL {
    return new URL(this.#url);
  }

  toString(): string {
    const { origin, pathname, searchParams } = this.#url;
    if (this.isSecret) return `${origin}/${MASK}`;
    const names = [...new Set(searchParams.keys())].map((name) => `${encodeURIComponent(name)}=${MASK}`);
    return `${origin}${pathname}${names.length > 0 ? `?${names.join('&')}` : ''}`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
