/** What external data is about. */
export type SubjectKind = 'user' | 'ticket' | 'project';

/** A user, a ticket or a project, by its id there. */
export interface Subject {
  readonly kind: SubjectKind;
  /** 1 to 256 characters, without outer spaces. */
  readonly id: string;
}

export type ExternalFieldType = 'boolean' | 'date-time' | 'integer' | 'string';

/** A value of a group's field: `date-time` is ISO 8601 UTC. */
export type ExternalValue = string | number | boolean;

/** A field of a group, as its settings have it. */
export interface ExternalField {
  /** What people call it. */
  readonly label: string;
  /** Where the value is in what comes in: a dotted path or a JSON pointer; tags call it by this name too. */
  readonly parameter: string;
  readonly type: ExternalFieldType;
  /** Shown in summaries. */
  readonly favorite: boolean;
}

/** Named fields that belong to one kind of subject. */
export interface ExternalDataGroup {
  readonly id: string;
  readonly name: string;
  readonly subjectKind: SubjectKind;
  readonly fields: readonly ExternalField[];
}

/** A field's value that was taken, typed. */
export interface CapturedValue extends ExternalField {
  readonly value: ExternalValue;
}

/** A field whose value was not taken, and why, in words for people; the value itself is not in them. */
export interface CaptureProblem {
  readonly label: string;
  readonly parameter: string;
  readonly message: string;
}

/** Where values of a delivery's response are to go, as fixed when its event was accepted. */
export interface CaptureTarget {
  readonly groupId: string;
  /** Empty = the message had none; then nothing is stored, and that is told. */
  readonly subjectId: string;
}

/** What was taken from a response. */
export interface Captured {
  readonly groupId: string;
  readonly groupName: string;
  /** Undefined = nothing could be stored; the problems say why. */
  readonly subject: Subject | undefined;
  readonly values: readonly CapturedValue[];
  readonly problems: readonly CaptureProblem[];
}
