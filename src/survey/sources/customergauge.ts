import { createHash } from 'node:crypto';
import { HookError } from '../../errors.ts';
import { valueAt } from '../../template/dynamic-tags.ts';
import { pointerTo, printable, type Violation } from '../../violation.ts';
import { readTime } from './read-time.ts';
import {
  isFields,
  meant,
  type Fields,
  type Finding,
  type Found,
  type Source,
  type SourceInput,
} from './source.ts';

/** The fields of an external response: a mapping's property, and the name that senders use. */
const FIELDS = {
  email: 'Email',
  phone: 'Phone',
  sentDate: 'Sent Date',
  responseDate: 'Response Date',
  score: 'Score',
  comment: 'Comment',
} as const;

type Field = keyof typeof FIELDS;
type ResponseFields = Readonly<Record<Field, Finding>>;

/** Half of a SHA-256: enough that two responses never meet. */
const ID_CHARACTERS = 32;

/**
 * CustomerGauge's external responses, as they are sent or as a mapping-validator has read them. The response id is made of the
 * contact and the response date, so that the same response always has the same.
 */
export const customergauge: Source = {
  title: 'CustomerGauge',
  recognises: (input) => {
    if (!isFields(input.payload)) return false;
    const { sentDate, responseDate } = fieldsOf(input.payload, renamedBy(input));
    return isExternalResponse(input) || (sentDate.value !== undefined && responseDate.value !== undefined);
  },
  find(input, { measuring }) {
    if (!isFields(input.payload))
      throw new HookError(
        'HOOK_MESSAGE_UNREADABLE',
        'The payload is no external response of CustomerGauge: it is no object of fields.',
      );
    return { measuring, ...findResponse(fieldsOf(input.payload, renamedBy(input))) };
  },
};

function findResponse(fields: ResponseFields): Pick<Found, 'values' | 'refusals'> {
  const { email, phone, responseDate } = fields;
  return {
    values: {
      responseId: meant(responseIdOf(fields)),
      eventType: meant('external-response'),
      submittedAt: responseDate,
      score: fields.score,
      comment: fields.comment,
      'respondent.email': trimmed(email),
      'respondent.phone': trimmed(phone),
    },
    refusals: refusalsOf(fields),
  };
}

/** Empty where the payload lacks what the id is made of, which is refused. */
function responseIdOf({ email, phone, responseDate }: ResponseFields): string {
  const contact = textOf(email).toLowerCase() || textOf(phone).replaceAll(/\D/g, '');
  const answeredAt = readTime(responseDate.value) ?? '';
  if (contact === '' || answeredAt === '') return '';
  return createHash('sha256').update(`${contact}\n${answeredAt}`).digest('hex').slice(0, ID_CHARACTERS);
}

function refusalsOf({ email, phone, sentDate, responseDate }: ResponseFields): Violation[] {
  const sentAt = readTime(sentDate.value);
  const answeredAt = readTime(responseDate.value);
  return [
    ...(isEmpty(email) && isEmpty(phone)
      ? [refuse(email, 'required', `${email.field} or ${phone.field} is missing.`)]
      : []),
    ...[sentDate, responseDate]
      .filter(isEmpty)
      .map((date) => refuse(date, 'required', `${date.field} is missing.`)),
    ...(sentAt === undefined
      ? [refuse(sentDate, 'type', `${sentDate.field} must be a time such as 2026-01-31 14:05:00.`)]
      : []),
    // Both have one length, so the order of letters is that of time.
    ...(sentAt && answeredAt && answeredAt < sentAt
      ? [
          refuse(
            responseDate,
            'order',
            `${responseDate.field} (${answeredAt}) must not be before ${sentDate.field} (${sentAt}).`,
          ),
        ]
      : []),
  ];
}

const refuse = ({ field, path }: Finding, rule: string, message: string): Violation => ({
  field,
  path,
  rule,
  message,
});

const textOf = ({ value }: Finding): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

const isEmpty = ({ value }: Finding): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const trimmed = (finding: Finding): Finding =>
  typeof finding.value === 'string' ? { ...finding, value: finding.value.trim() } : finding;

const isExternalResponse = ({ message }: SourceInput): boolean =>
  valueAt(message, ['record', 'dataType']) === 'external-responses';

/** Which properties the mapping of a validated message calls otherwise. */
function renamedBy(input: SourceInput): Fields {
  const properties = isExternalResponse(input) ? valueAt(input.message, ['record', 'properties']) : undefined;
  return isFields(properties) ? properties : {};
}

/** Names are compared without case and outer spaces; of a name sent twice, the later counts. */
function fieldsOf(payload: Fields, renamed: Fields): ResponseFields {
  const byName = new Map<string, Field>();
  for (const [field, sentName] of Object.entries(FIELDS) as [Field, string][]) {
    const property = Object.hasOwn(renamed, field) ? renamed[field] : field;
    byName.set(keyOf(sentName), field);
    byName.set(keyOf(String(property)), field);
  }
  const found = new Map<Field, Finding>();
  for (const [name, value] of Object.entries(payload)) {
    const field = byName.get(keyOf(name));
    if (field) found.set(field, { value, field: printable(name), path: pointerTo(name) });
  }
  const at = (field: Field): Finding =>
    found.get(field) ?? { value: undefined, field: FIELDS[field], path: pointerTo(FIELDS[field]) };
  return {
    email: at('email'),
    phone: at('phone'),
    sentDate: at('sentDate'),
    responseDate: at('responseDate'),
    score: at('score'),
    comment: at('comment'),
  };
}

const keyOf = (name: string): string => name.trim().toLowerCase();
