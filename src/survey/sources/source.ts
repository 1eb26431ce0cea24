import { valueAt } from '../../template/dynamic-tags.ts';
import { pointerTo, type Violation } from '../../violation.ts';
import type { Measuring } from '../measuring.ts';
import type { Tone } from '../metric.ts';
import type { RecordProperty } from '../record-property.ts';
import type { MapRow } from './map-row.ts';

/** A value as it was sent, not yet looked at, and where it was. */
export interface Finding {
  readonly value: unknown;
  /** The name people know it by. */
  readonly field: string;
  /** JSON pointer to it in the payload; empty where it is in no one place. */
  readonly path: string;
}

/** What was found for the properties of a survey response. */
export type FoundValues = { readonly [Property in RecordProperty]?: Finding };

/** What is read. */
export interface SourceInput {
  readonly payload: unknown;
  /** The whole message: `record` says what a mapping-validator has made of the payload. */
  readonly message: object;
}

/** How a flow wants responses to be read. */
export interface SourceRules {
  readonly map: readonly MapRow[];
  readonly measuring: Measuring;
  /** The names of experience factors; none = the source's own. */
  readonly factors: readonly string[];
}

export interface Found {
  readonly values: FoundValues;
  readonly measuring: Measuring;
  /** What is wrong with the payload besides single values: it cannot be read. */
  readonly refusals?: readonly Violation[];
}

/** A survey system whose payloads can be read. */
export interface Source {
  /** What its makers call it. */
  readonly title: string;
  /** Why only a mapping can say where everything is, as a half-sentence; absent where the source knows that. */
  readonly needsMap?: string;
  /** Whether a payload has the shape of this source; no function where nothing tells. */
  readonly recognises?: (input: SourceInput) => boolean;
  /** Finds what the payload says. Throws HOOK_MESSAGE_UNREADABLE where it is no response of this source. */
  readonly find: (input: SourceInput, rules: SourceRules) => Found;
  /** What a rating says without a score; null where that is not known. */
  readonly toneOf?: (rating: string) => Tone | null;
}

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of names, and where it is. */
export function findAt(root: unknown, names: readonly string[]): Finding {
  return { value: valueAt(root, names), field: names.at(-1) ?? '', path: names.map(pointerTo).join('') };
}

/** A value that the payload says only by its kind. */
export const meant = (value: unknown): Finding => ({ value, field: '', path: '' });
