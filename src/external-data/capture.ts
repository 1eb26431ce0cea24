import { MASK } from '../platform/masking.ts';
import { valueAt } from '../template/dynamic-tags.ts';
import type {
  Captured,
  CapturedValue,
  CaptureProblem,
  CaptureTarget,
  ExternalDataGroup,
  ExternalField,
} from './external-data.ts';
import { parameterPath } from './parameter.ts';
import { readTyped, type TypedValue } from './typed-value.ts';

/** What the fields of a group find in something: each has a value or a problem. */
export interface FieldValues {
  readonly values: readonly CapturedValue[];
  readonly problems: readonly CaptureProblem[];
}

/** Takes the values of fields out of a response, or of a payload that is treated like one. What is absent or null is a problem. */
export function captureFields(
  fields: readonly ExternalField[],
  source: unknown,
  sourceName: 'response' | 'payload' = 'response',
): FieldValues {
  const values: CapturedValue[] = [];
  const problems: CaptureProblem[] = [];
  for (const field of fields) {
    const { label, parameter, type } = field;
    const sent = valueAt(source, parameterPath(parameter) ?? [parameter]);
    const wrong = problemOf(sent, sourceName);
    const typed: TypedValue = wrong === undefined ? readTyped(type, sent) : { kind: 'wrong', message: wrong };
    if (typed.kind === 'value') values.push({ ...field, value: typed.value });
    else problems.push({ label, parameter, message: typed.message });
  }
  return { values, problems };
}

/** What is wrong with a value whatever its field is; undefined = nothing. */
function problemOf(sent: unknown, sourceName: string): string | undefined {
  if (sent === undefined || sent === null) return `It is not in the ${sourceName}.`;
  // The rest of it would be the name of another thing.
  if (typeof sent === 'string' && sent.includes(MASK)) return MASKED;
  return undefined;
}

const MASKED =
  'A part of it is masked, because it repeats a credential of the endpoint or a variable of its URL or headers.';

/** A response as it is kept. */
export interface CapturedResponse {
  readonly responseBody: Uint8Array;
  readonly isResponseCut: boolean;
}

/** What is taken from the response of a delivery for its target; `group` is undefined where that is not in the flows, or not valid. */
export function captureResponse(
  { groupId, subjectId }: CaptureTarget,
  group: ExternalDataGroup | undefined,
  response: CapturedResponse,
): Captured {
  const nothing = (message: string): Captured => ({
    groupId,
    groupName: group?.name ?? groupId,
    subject: undefined,
    values: [],
    problems: [{ label: '', parameter: '', message }],
  });
  if (!group) return nothing('The group is not in the flows or not valid, so nothing was taken.');
  if (subjectId === '')
    return nothing(`The message does not say which ${group.subjectKind} it is about, so nothing was taken.`);
  if (response.isResponseCut) return nothing('The response is longer than 64 KB, so nothing was taken.');
  const parsed = parseJson(response.responseBody);
  if (parsed === undefined) return nothing('The response is not JSON, so nothing was taken.');
  const subject = { kind: group.subjectKind, id: subjectId };
  return { groupId, groupName: group.name, subject, ...captureFields(group.fields, parsed) };
}

const decoder = new TextDecoder();

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body));
  } catch {
    return undefined;
  }
}
