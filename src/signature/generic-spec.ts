import type { HmacAlgorithm, KeyEncoding, SignatureEncoding, TimestampFormat } from './notation.ts';
import type { TemplatePart } from './template.ts';

/** `sha256-digest` is no HMAC but a plain SHA-256 of a text that holds the secret. */
export type GenericAlgorithm = HmacAlgorithm | 'sha256-digest';

/** A scheme in settings. */
export interface GenericSpec {
  readonly algorithm: GenericAlgorithm;
  readonly encoding: SignatureEncoding;
  readonly keyEncoding: KeyEncoding;
  /** Where the signature is: a header, or a field of the body, and then it can only be verified. */
  readonly place: { readonly kind: 'header' | 'field'; readonly name: string };
  /** Stands before each signature. */
  readonly prefix: string;
  readonly template: readonly TemplatePart[];
  /** Where the timestamp is: in a header, or behind a name such as `t=` in an item of the signature's own. */
  readonly timestamp:
    { readonly kind: 'header' | 'item'; readonly name: string; readonly format: TimestampFormat } | undefined;
  readonly idHeader: string | undefined;
}
