import { HookError } from '../../errors.ts';
import { isSecretName } from '../../platform/masking.ts';
import type { HeaderTemplate } from '../header.ts';
import {
  describeTag,
  isEnvTag,
  isIncomplete,
  parseTemplate,
  tagsOf,
  type TagPath,
  type TagRules,
  type Template,
} from '../../template/dynamic-tags.ts';
import { isExternalTag, readExternalTag } from '../../template/external-tag.ts';
import { parseUrlTemplate, type UrlTemplate } from '../../template/url-template.ts';

type Report = (problem: string) => void;

/** URL and headers are made at each attempt and are not stored, so the environment can be in them. */
const ENDPOINT_TAGS: TagRules = { allowsEnv: true };

/** The URL of an endpoint taken apart, or undefined; what is wrong with it or its tags is reported. */
export function parseTaggedUrl(text: string, report: Report): UrlTemplate | undefined {
  const template = reportThrown(() => parseUrlTemplate(text, ENDPOINT_TAGS), report);
  if (!template) return undefined;
  if ('fault' in template) {
    report(template.fault);
    return undefined;
  }
  reportTags([...tagsOf(template.path), ...tagsOf(template.query)], report);
  return template;
}

/** The value of a header taken apart; what is wrong with its tags is reported. */
export function parseTaggedText(text: string, report: Report): Template {
  const template = reportThrown(() => parseTemplate(text, ENDPOINT_TAGS), report) ?? [];
  if (isIncomplete(template))
    report('it holds a dynamic tag that is not complete: a tag is {{path.to.value}}.');
  reportTags(tagsOf(template), report);
  return template;
}

/** What a parser gives, or undefined with its complaint reported. */
function reportThrown<Result>(parse: () => Result, report: Report): Result | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof HookError)) throw error;
    report(error.message);
    return undefined;
  }
}

/** The parts of an endpoint that can hold tags. */
interface TaggedParts {
  readonly url: { readonly tags: readonly TagPath[] };
  readonly headers: readonly HeaderTemplate[];
}

/** The tags of an endpoint whose values are the message's; the environment and the delivery itself are asked at each attempt. */
export const messageTags = ({ url, headers }: TaggedParts): TagPath[] =>
  [...url.tags, ...headers.flatMap(([, template]) => tagsOf(template))].filter(
    ([root]) => root !== 'env' && root !== 'delivery',
  );

/** Reports each tag that can never be filled in. */
function reportTags(tags: readonly TagPath[], report: Report): void {
  for (const tag of tags) {
    const problem = findTagProblem(tag);
    if (problem !== undefined) report(problem);
  }
}

/** What a delivery itself gives to tags: `{{delivery.id}}` and `{{delivery.webhookId}}`. */
const DELIVERY_NAMES: readonly string[] = ['id', 'webhookId'];

/** Parts of a message that hold credentials beside other things, and what may be asked of them: one at a time where they are many. */
const SECRET_HOLDERS: readonly string[] = ['headers', 'req', 'res'];
const OPEN_PARTS: readonly string[] = ['ip', 'method'];
const OPEN_BY_NAME: readonly string[] = ['headers', 'params', 'query'];

/**
 * Why a tag can never be filled in for an endpoint, in words for people; undefined = it can. Values of a message are stored with each
 * delivery, so no tag may name what is a credential.
 */
function findTagProblem(tag: TagPath): string | undefined {
  const [root = '', ...names] = tag;
  const shown = describeTag(tag);
  if (isEnvTag(tag))
    return names.length === 0 ? `${shown} names no variable: write {{env.NAME}}.` : undefined;
  if (root === 'delivery')
    return isDeliveryName(names) ? undefined : `${shown} is not known: ${DELIVERY_TAGS}`;
  if (isExternalTag(tag))
    return readExternalTag(tag) ? undefined : `${shown} names no value: write {{external.group.parameter}}.`;
  if (root === 'msg') return `${shown} begins with "msg", which is left out: write ${describeTag(names)}.`;
  return isSecret(tag)
    ? `${shown} can hold a credential, and would be stored with each delivery: use the credentials here, or {{env.NAME}}.`
    : undefined;
}

const DELIVERY_TAGS = 'there are {{delivery.id}} and {{delivery.webhookId}}.';

const isDeliveryName = (names: readonly string[]): boolean =>
  names.length === 1 && DELIVERY_NAMES.includes(names[0] ?? '');

function isSecret([root = '', ...names]: TagPath): boolean {
  if (!SECRET_HOLDERS.includes(root)) return false;
  const [part = '', ...inner] = root === 'headers' ? ['headers', ...names] : names;
  if (OPEN_PARTS.includes(part)) return false;
  return !OPEN_BY_NAME.includes(part) || inner.length === 0 || inner.some(isSecretName);
}
