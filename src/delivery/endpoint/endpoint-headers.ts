import { HookError } from '../../errors.ts';
import { isHeaderName, isHeaderValue } from '../../platform/http-header.ts';
import {
  isEnvTag,
  renderTemplate,
  tagsOf,
  type TagPath,
  type Template,
} from '../../template/dynamic-tags.ts';
import { authHeaderName } from './endpoint-auth.ts';
import type { EndpointCheck } from './endpoint-check.ts';
import type { EndpointAuth } from './endpoint.ts';
import { parseTaggedText } from './endpoint-tags.ts';
import { isForbiddenHeader, type Header, type HeaderTemplate } from '../header.ts';

/** The headers of an endpoint; what is wrong with them is reported. */
export function parseHeaders(check: EndpointCheck, auth: EndpointAuth | undefined): HeaderTemplate[] {
  const authName = authHeaderName(auth)?.toLowerCase();
  return check.headers().map(({ name, value }, index) => {
    // Not the name itself: whoever pastes a whole line into the wrong field pastes the token with it.
    const report = (problem: string): void => check.report('headers', `Header ${index + 1}: ${problem}`);
    const template = parseTaggedText(value, report);
    const problem = headerProblem({ name, template, authName });
    if (problem) report(problem);
    return [name, template];
  });
}

function headerProblem({
  name,
  template,
  authName,
}: {
  name: string;
  template: Template;
  authName: string | undefined;
}): string | undefined {
  if (!isHeaderName(name)) return 'this is not the name of a header.';
  if (isForbiddenHeader(name)) return `${name} is set by the delivery itself.`;
  if (name.toLowerCase() === authName) return `${name} is set by the authentication.`;
  const isSendable = template.every((part) => typeof part !== 'string' || isHeaderValue(part));
  return isSendable ? undefined : `the value of ${name} holds characters that no header can hold.`;
}

/** The headers with the text of each tag filled in. Throws HOOK_MESSAGE_UNREADABLE where that makes what no header can hold. */
export const fillHeaders = (headers: readonly HeaderTemplate[], textOf: (tag: TagPath) => string): Header[] =>
  headers.map(([name, template]) => [name, fillValue(name, template, textOf)]);

function fillValue(name: string, template: Template, textOf: (tag: TagPath) => string): string {
  const text = renderTemplate(template, (tag) => textOf(tag), String);
  // Spaces and line ends around a value mean nothing in HTTP, and what people typed often has them.
  const value = tagsOf(template).length === 0 ? text : text.trim();
  if (isHeaderValue(value)) return value;
  throw new HookError(
    'HOOK_MESSAGE_UNREADABLE',
    `The header ${name} cannot be sent: a dynamic tag puts a line end or a character beyond Latin-1 into it, which no header can hold.`,
  );
}

/** The names, in small letters, of the headers whose values hold something of the environment. */
export const namesWithEnv = (headers: readonly HeaderTemplate[]): ReadonlySet<string> =>
  new Set(
    headers.filter(([, template]) => tagsOf(template).some(isEnvTag)).map(([name]) => name.toLowerCase()),
  );
