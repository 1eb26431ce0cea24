import type { CapturedValue, ExternalFieldType, ExternalValue, Subject } from './external-data.ts';

/** A value as it is kept. */
export interface StoredValue {
  readonly parameter: string;
  readonly type: ExternalFieldType;
  readonly value: ExternalValue;
  /** Epoch ms. */
  readonly updatedAt: number;
}

/** All values that a group has of a subject, by parameter. */
export interface ExternalDataRow {
  readonly groupId: string;
  readonly subject: Subject;
  /** When the newest of them came, epoch ms. */
  readonly updatedAt: number;
  readonly values: readonly StoredValue[];
}

export interface ExternalDataQuery {
  readonly groupId?: string;
  /** The subject's id, whole. */
  readonly subjectId?: string;
  /** 1 to 1,000; a page whose values are long is shorter, at about 1 MB. */
  readonly limit: number;
  /** From the page before; opaque. */
  readonly cursor?: string;
}

export interface ExternalDataPage {
  /** By group and subject. */
  readonly rows: readonly ExternalDataRow[];
  /** Undefined = the last page. */
  readonly nextCursor: string | undefined;
}

/**
 * Keeps external data by group, subject and parameter. Promises: what resolved is on disk, a call that rejects has changed nothing, and
 * reads see every write that resolved before them. What a delivery's response brings is written with the outcome of its attempt (`DeliveryStore.settle`).
 */
export interface ExternalDataStore {
  /** Sets these values and leaves the subject's others as they are. */
  set(request: {
    readonly groupId: string;
    readonly subject: Subject;
    readonly values: readonly Pick<CapturedValue, 'parameter' | 'type' | 'value'>[];
    readonly now: number;
  }): Promise<void>;
  /** Takes out all that a group has of a subject; answers how many values. */
  delete(request: { readonly groupId: string; readonly subject: Subject }): Promise<number>;
  /** Undefined = the group has nothing of the subject. */
  find(request: {
    readonly groupId: string;
    readonly subject: Subject;
  }): Promise<ExternalDataRow | undefined>;
  /** An invalid cursor gives HOOK_CONFIG_INVALID. */
  list(query: ExternalDataQuery): Promise<ExternalDataPage>;
}
