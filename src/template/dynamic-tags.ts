import { HookError } from '../errors.ts';
import { printable } from '../violation.ts';

/** Where a tag's value is: the names from the root on. */
export type TagPath = readonly string[];

/** A text with dynamic tags, taken apart: literal text and tags in turn. */
export type Template = readonly (string | TagPath)[];

/** Gives the value at a path; undefined where there is none. */
export type TagValues = (path: TagPath) => unknown;

/** Writes a value so that it is safe where it goes: it can never end the place it stands in. */
export type TagEncoder = (value: unknown) => string;

const TAG = /\{\{([^{}]*)\}\}/g;

/** Signs that have a meaning in other template languages, and none here. */
const FOREIGN_SIGN = /^[#/^!>&=*]/;

/** Whether tags may name variables of the environment. What is stored holds none of their values. */
export interface TagRules {
  readonly allowsEnv: boolean;
}

/**
 * Takes a text with tags `{{path.to.value}}` apart; spaces inside the braces do not count. There is nothing else: no
 * sections, no partials, no triple braces. Throws HOOK_CONFIG_INVALID for what looks like such, and for `{{env.NAME}}` unless
 * that is allowed.
 */
export function parseTemplate(text: string, { allowsEnv }: TagRules = { allowsEnv: false }): Template {
  const parts: (string | TagPath)[] = [];
  let end = 0;
  for (const match of text.matchAll(TAG)) {
    const [tag, inner = ''] = match;
    const isTripled = text[match.index - 1] === '{' && text[match.index + tag.length] === '}';
    if (isTripled) throw notATag(`{${tag}}`);
    const path = parsePath(tag, inner.trim());
    if (isEnvTag(path) && !allowsEnv) throw envInBody(tag);
    parts.push(text.slice(end, match.index), path);
    end = match.index + tag.length;
  }
  parts.push(text.slice(end));
  return parts.filter((part) => part !== '');
}

/** Whether a tag names a variable of the environment. */
export const isEnvTag = ([root]: TagPath): boolean => root === 'env';

/** The tags of a template, in their order. */
export const tagsOf = (template: Template): TagPath[] => template.filter((part) => typeof part !== 'string');

/** Whether braces are left over that begin a tag and never end it. */
export const isIncomplete = (template: Template): boolean =>
  template.some((part) => typeof part === 'string' && part.includes('{{'));

/** A tag as a message shows it. */
export const describeTag = (path: TagPath): string => printable(`{{${path.join('.')}}}`);

/** Writes a template with each tag replaced by its encoded value. */
export function renderTemplate(template: Template, values: TagValues, encode: TagEncoder): string {
  return template.map((part) => (typeof part === 'string' ? part : encode(values(part)))).join('');
}

/** The value at a path; own properties only, so that a tag reaches data and never what objects inherit. */
export function valueAt(root: unknown, path: TagPath): unknown {
  let value = root;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A value as text: what is missing is empty, objects are JSON. Throws HOOK_MESSAGE_UNREADABLE for what has no JSON. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (value instanceof Uint8Array) return decoder.decode(value);
  return typeof value === 'object' ? jsonText(value) : scalarText(value);
}

/** As it is: the declared type forgets that a function or a symbol has no JSON. */
const stringify: (value: unknown) => string | undefined = JSON.stringify;

/** A value as JSON text: what is missing or has no JSON is `null`. Throws HOOK_MESSAGE_UNREADABLE for circles. */
export function jsonText(value: unknown): string {
  try {
    return stringify(value) ?? 'null';
  } catch (cause) {
    throw new HookError(
      'HOOK_MESSAGE_UNREADABLE',
      'A dynamic tag stands for a value that cannot be written as JSON.',
      { cause },
    );
  }
}

function scalarText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : '';
}

function parsePath(tag: string, inner: string): TagPath {
  const path = inner.split('.').map((name) => name.trim());
  if (FOREIGN_SIGN.test(inner) || path.includes('')) throw notATag(tag);
  return path;
}

function envInBody(tag: string): HookError {
  return new HookError(
    'HOOK_CONFIG_INVALID',
    `${printable(tag)} cannot stand in a body: bodies are stored, and what the environment holds never is. ` +
      'It can stand in the URL and the headers of the endpoint; ${NAME} puts a value here that is no secret.',
  );
}

function notATag(tag: string): HookError {
  return new HookError(
    'HOOK_CONFIG_INVALID',
    `${printable(tag)} is no dynamic tag: a tag is {{path.to.value}}, without any other signs.`,
  );
}
