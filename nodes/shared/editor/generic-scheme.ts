import { isHeaderName, isHeaderValue } from '../../../src/platform/http-header.ts';
import { isIdHeader, isSignatureHeader } from '../../../src/signature/signature-header.ts';
import { isFilled } from './text.ts';

/** The settings that describe a scheme of one's own, as far as they can contradict each other. */
export interface GenericScheme {
  readonly template: string;
  readonly algorithm: string;
  readonly header: string;
  readonly prefix: string;
  readonly timestampHeader: string;
  readonly idHeader: string;
}

const TAG = /^(?:body|id|method|url|secret|timestamp(?:Ms|Iso|Http)?|header\.[^\s{}]+|form\..+)$/s;

const tagsOf = (template: string): string[] =>
  [...(isFilled(template) ? template : '{{body}}').matchAll(/\{\{(.*?)\}\}/gs)].map(([, tag = '']) =>
    tag.trim(),
  );

const hasTag = (template: string, tag: RegExp): boolean => tagsOf(template).some((found) => tag.test(found));

/** Whether the setting that says where a value is sent is there exactly where the value is signed. */
const isNeeded = (header: string, template: string, tag: RegExp): boolean =>
  isFilled(header) === hasTag(template, tag);

/** Whether each of the settings fits the others; an empty one stands for its default. */
export const GENERIC_CHECKS: {
  readonly [Setting in keyof GenericScheme]: (scheme: GenericScheme) => boolean;
} = {
  template: ({ template }) =>
    tagsOf(template).every((tag) => TAG.test(tag)) && hasTag(template, /^(?:body$|form\.)/),
  algorithm: ({ algorithm, template }) => (algorithm === 'sha256-digest') === hasTag(template, /^secret$/),
  header: ({ header }) =>
    !isFilled(header) || /^form\../.test(header.trim()) || isSignatureHeader(header.trim()),
  prefix: ({ prefix }) => isHeaderValue(prefix) && !/[ \t,]+[^ \t,]/.test(prefix.trimStart()),
  timestampHeader: ({ timestampHeader, template }) =>
    isNeeded(timestampHeader, template, /^timestamp/) && isItemOrHeader(timestampHeader.trim()),
  idHeader: ({ idHeader, template }) =>
    isNeeded(idHeader, template, /^id$/) && (!isFilled(idHeader) || isIdHeader(idHeader.trim())),
};

const isItemOrHeader = (name: string): boolean =>
  name === '' || (name.endsWith('=') ? isHeaderName(name.slice(0, -1)) : isSignatureHeader(name));

/** What such a scheme uses, as `scheme-facts.ts` says it of the others. */
export const genericFacts = ({
  template,
  timestampHeader,
}: Pick<GenericScheme, 'template' | 'timestampHeader'>): {
  readonly signsTime: boolean;
  readonly signsUrl: boolean;
  readonly sendsBoth: boolean;
} => ({
  signsTime: hasTag(template, /^timestamp/),
  signsUrl: hasTag(template, /^url$/),
  // Beside its timestamp, as in `t=…,v1=…,v1=…`, a header has room for several signatures.
  sendsBoth: timestampHeader.trim().endsWith('='),
});
