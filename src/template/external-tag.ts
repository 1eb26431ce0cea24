import { valueAt, type TagPath } from './dynamic-tags.ts';

/** Whether a tag names external data: `{{external.<group>.<parameter>}}`, where the parameter may have dots. */
export const isExternalTag = ([root]: TagPath): boolean => root === 'external';

/** The group and the parameter that a tag names; undefined where it lacks one of them. */
export function readExternalTag([, group, ...names]: TagPath):
  { readonly group: string; readonly parameter: string } | undefined {
  return group === undefined || names.length === 0 ? undefined : { group, parameter: names.join('.') };
}

/** The value of a tag at a message's `external`, where a group has its values by the names that tags call them. */
export function externalValueAt(message: object, tag: TagPath): unknown {
  const named = readExternalTag(tag);
  return named && (valueAt(message, ['external', named.group, named.parameter]) ?? valueAt(message, tag));
}
