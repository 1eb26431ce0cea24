import { hasBody, readContent, type Content, type Described } from './body/content.ts';
import { mergeFields, type Fields } from './body/fields.ts';
import { MOST_FIELDS } from './body/limits.ts';
import { parseBody } from './body/parse-body.ts';
import type { SenderSignature } from './hook-signing.ts';
import type { InboundEvent } from './hook.ts';
import { isRefusal, refusal, type Refusal } from './refusals.ts';

/** A request that is complete and whose sender may send. */
export interface Received {
  /** Empty where there was no body. */
  readonly rawBody: Buffer;
  /** Undefined where there was no body. */
  readonly described: Content | undefined;
  readonly query: Fields;
  readonly signature: SenderSignature | undefined;
}

type Understood = Pick<InboundEvent, 'payload' | 'query' | 'body' | 'files'>;

/** What the request says, or why that cannot be told. Inflated its body is at most `bodyLimit` bytes long. */
export async function understand(
  { rawBody, described, query, signature }: Received,
  bodyLimit: number,
): Promise<Understood | Refusal> {
  // A query that is not signed can be anyone's, also beside a body whose sender is proved.
  const outer = signature?.signsUrl === false ? {} : query;
  if (!described || rawBody.length === 0) return { payload: outer, query, body: undefined, files: undefined };
  const parsed = await parseBody(rawBody, described, bodyLimit);
  if (isRefusal(parsed)) return parsed;
  const { value, files } = parsed;
  const payload = isFields(value) ? mergeFields(outer, value) : value;
  if (isFields(payload) && Object.keys(payload).length > MOST_FIELDS) return refusal('too_many_fields');
  return { payload, query, body: value, files: described.format === 'multipart' ? files : undefined };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the headers say of the body; undefined where there is none. */
export const describeBody = (request: Described): Content | Refusal | undefined =>
  hasBody(request) ? readContent(request) : undefined;
