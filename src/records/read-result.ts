import type { Violation } from '../violation.ts';
import type { PropertyNames } from './property-reader.ts';
import type { Properties, RecordChange } from './record-store.ts';

/** What a message asks the store to do, or everything that is wrong with it. */
export type ReadRecord =
  | {
      readonly kind: 'valid';
      readonly change: RecordChange;
      /** What `msg.record` tells of the record: its data type and its identifier at least. */
      readonly record: Properties;
      readonly nameOf: PropertyNames;
    }
  | { readonly kind: 'invalid'; readonly violations: readonly Violation[] };

/** A message that as a whole is no record. */
export const unreadable = (rule: string, message: string): ReadRecord => ({
  kind: 'invalid',
  violations: [{ field: '', path: '', rule, message }],
});
