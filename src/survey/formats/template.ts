import { HookError } from '../../errors.ts';
import { parseTemplate, plainText, renderTemplate } from '../../template/dynamic-tags.ts';
import { compileJsonTemplate } from '../../template/json-template.ts';
import { tagValues, type Format } from './format.ts';

/** A body that a person wrote, with dynamic tags; `json` gives an object, `str` a text. */
export function compileTemplate(template: string, type: 'json' | 'str'): Format {
  if (template.trim() === '') throw new HookError('HOOK_CONFIG_INVALID', 'The template is empty.');
  if (type === 'json') {
    const fill = compileJsonTemplate(template);
    return (input) => ({ payload: fill(tagValues(input)) });
  }
  const parts = parseTemplate(template);
  return (input) => ({ payload: renderTemplate(parts, tagValues(input), plainText) });
}
