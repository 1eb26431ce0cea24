import { parseTemplate } from '../../../src/template/dynamic-tags.ts';
import { compileJsonTemplate } from '../../../src/template/json-template.ts';
import { holdsEnv, isFilled } from './text.ts';

/**
 * What is wrong with a template of that type, as the running node would say; undefined if nothing is. What an environment variable
 * fills in is not judged, except in an expression, where it has no meaning.
 */
export function templateProblem(template: string, type: string, words: Words): string | undefined {
  if (!isFilled(template)) return words('payload-format.errors.empty');
  if (type === 'jsonata') return expressionProblem(template);
  if (holdsEnv(template)) return undefined;
  try {
    if (type === 'str') parseTemplate(template);
    else compileJsonTemplate(template);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function expressionProblem(expression: string): string | undefined {
  const answer = RED.utils.validateTypedProperty(expression, 'jsonata', {});
  return answer === true ? undefined : answer;
}
