import { SettingsCheck, textOf, type SettingProblem } from '../platform/settings-check.ts';
import { textKey } from '../text-key.ts';
import type { ExternalDataGroup, ExternalField, ExternalFieldType } from './external-data.ts';
import { isGroupName, parameterPath, tagNameOf } from './parameter.ts';

/** The settings of an `external-data-group`, as a flow holds them. */
export interface GroupSettings {
  readonly id: string;
  readonly name?: string;
  readonly subjectKind?: string;
  readonly fields?: unknown;
  readonly credentials?: never;
}

export type ParsedGroup =
  | { readonly kind: 'valid'; readonly group: ExternalDataGroup }
  | { readonly kind: 'invalid'; readonly problems: readonly SettingProblem[] };

const FIELD_TYPES: readonly [ExternalFieldType, ...ExternalFieldType[]] = [
  'string',
  'integer',
  'boolean',
  'date-time',
];

const MOST_FIELDS = 100;
const LONGEST_LABEL = 100;

/** Checks a group's settings, and tells everything that a person has to change. */
export function parseGroup(settings: GroupSettings): ParsedGroup {
  const check = new SettingsCheck<GroupSettings>(settings);
  const name = check.text('name');
  if (!isGroupName(name)) check.report('name', 'It must have 1 to 64 characters, without dots and braces.');
  const subjectKind = check.oneOf('subjectKind', ['ticket', 'user', 'project']);
  const fields = parseFields(settings.fields, (message) => check.report('fields', message));
  return check.problems.length > 0
    ? { kind: 'invalid', problems: check.problems }
    : { kind: 'valid', group: { id: settings.id, name, subjectKind, fields } };
}

type Report = (message: string) => void;

function parseFields(setting: unknown, report: Report): ExternalField[] {
  const entries: unknown[] = Array.isArray(setting) ? setting : [];
  if (entries.length === 0 || entries.length > MOST_FIELDS) report(`A group has 1 to ${MOST_FIELDS} fields.`);
  const fields = entries
    .slice(0, MOST_FIELDS)
    .map((entry, index) => parseField(entry, (message) => report(`Field ${index + 1}: ${message}`)));
  reportRepeated(fields, { part: 'label', keyOf: ({ label }) => textKey(label) }, report);
  reportRepeated(fields, { part: 'parameter', keyOf: ({ parameter }) => tagNameOf(parameter) }, report);
  return fields;
}

function parseField(entry: unknown, report: Report): ExternalField {
  const parts = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
  const [label, parameter, type] = [parts['label'], parts['parameter'], parts['type']].map((part) =>
    textOf(part).trim(),
  ) as [string, string, string];
  if (label === '' || label.length > LONGEST_LABEL)
    report(`the label must have 1 to ${LONGEST_LABEL} characters.`);
  if (parameterPath(parameter) === undefined)
    report(
      'the parameter must be a dotted path such as result.number, or a JSON pointer such as /result/number.',
    );
  const known = FIELD_TYPES.find((one) => one === type);
  if (known === undefined && type !== '') report(`the type is none of ${FIELD_TYPES.join(', ')}.`);
  return { label, parameter, type: known ?? FIELD_TYPES[0], favorite: parts['favorite'] === true };
}

interface Distinct {
  readonly part: string;
  readonly keyOf: (field: ExternalField) => string;
}

function reportRepeated(fields: readonly ExternalField[], { part, keyOf }: Distinct, report: Report): void {
  const seen = new Set<string>();
  for (const [index, field] of fields.entries()) {
    const key = keyOf(field);
    if (key !== '' && seen.has(key)) report(`Field ${index + 1}: another field has this ${part}.`);
    seen.add(key);
  }
}
