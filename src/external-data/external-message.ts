import { distinctValues } from './distinct-values.ts';
import type { ExternalDataRow } from './external-data-store.ts';
import type {
  Captured,
  CaptureProblem,
  ExternalDataGroup,
  ExternalField,
  ExternalValue,
  Subject,
} from './external-data.ts';
import { tagNameOf } from './parameter.ts';

/** Values of groups, as a message holds them at `external`: by the group's name, and the name that tags call each by. */
export type ExternalByGroup = Readonly<Record<string, Readonly<Record<string, ExternalValue>>>>;

/** What a message tells of a group at `externalData`. */
export interface ExternalSummary {
  /** Its name. */
  readonly group: string;
  /** Null where there was none. */
  readonly subject: Subject | null;
  /** The values of its favourite fields, by label. */
  readonly favorites: Readonly<Record<string, ExternalValue>>;
  readonly problems: readonly CaptureProblem[];
}

export interface ExternalMessage {
  readonly external: ExternalByGroup;
  readonly externalData: ExternalSummary;
}

type NamedValue = Pick<ExternalField, 'label' | 'parameter' | 'favorite'> & { readonly value: ExternalValue };

/** What a message tells of what was taken from a response. */
export const tellCaptured = ({ groupName, subject, values, problems }: Captured): ExternalMessage =>
  tell(groupName, values, { subject: subject ?? null, problems });

/** What a message tells of what is kept of a subject; undefined = nothing is. */
export function tellKept(
  { name, fields }: ExternalDataGroup,
  row: ExternalDataRow | undefined,
  { subject, problems = [] }: { readonly subject: Subject; readonly problems?: readonly CaptureProblem[] },
): ExternalMessage {
  const values = distinctValues(fields, row?.values ?? []).map(({ parameter, value }): NamedValue => {
    const field = findField(fields, parameter);
    return { label: field?.label ?? parameter, parameter, favorite: field?.favorite ?? false, value };
  });
  return tell(name, values, { subject, problems });
}

/** The message with what is told of a group; what it has of other groups stays. */
export function withExternal<Message extends object>(
  message: Message,
  { external, externalData }: ExternalMessage,
): Message & ExternalMessage {
  const before = (message as { readonly external?: unknown }).external;
  const others = typeof before === 'object' && before !== null ? before : {};
  return Object.assign(message, { external: { ...others, ...external }, externalData });
}

/** The field that a kept value belongs to; undefined = the group has that no more. */
export const findField = (fields: readonly ExternalField[], parameter: string): ExternalField | undefined =>
  fields.find((field) => field.parameter === parameter);

function tell(
  group: string,
  values: readonly NamedValue[],
  { subject, problems }: Pick<ExternalSummary, 'subject' | 'problems'>,
): ExternalMessage {
  const byTag = Object.fromEntries(values.map(({ parameter, value }) => [tagNameOf(parameter), value]));
  const favorites = values
    .filter(({ favorite }) => favorite)
    .map(({ label, value }) => [label, value] as const);
  return {
    external: { [group]: byTag },
    externalData: { group, subject, favorites: Object.fromEntries(favorites), problems },
  };
}
