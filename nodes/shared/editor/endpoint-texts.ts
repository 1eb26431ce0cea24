import { isSecretUrl } from '../../../src/delivery/endpoint/secret-url.ts';
import { parseTaggedText, parseTaggedUrl } from '../../../src/delivery/endpoint/endpoint-tags.ts';
import { isHeaderValue } from '../../../src/platform/http-header.ts';
import { holdsEnv } from './text.ts';
import { isEndpointUrl } from './url.ts';

/** What can be wrong with a text: undefined where nothing is, else in words, which are empty where only the form of it is wrong. */
export type Fault = string | undefined;

const MALFORMED = '';

/** What is wrong with the URL of an endpoint. What an environment variable fills in is not judged. */
export function urlFault(text: string): Fault {
  if (holdsEnv(text)) return undefined;
  return tagFault(text, parseTaggedUrl) ?? (isEndpointUrl(text) ? undefined : MALFORMED);
}

/** The same for one that can be read in the flow: it must be no secret. */
export const plainUrlFault = (text: string): Fault =>
  urlFault(text) ?? (!holdsEnv(text) && isSecretUrl(text) ? MALFORMED : undefined);

/** What is wrong with the value of a header, of which only what is no tag can be judged yet. */
export function headerValueFault(text: string): Fault {
  const fault = holdsEnv(text) ? undefined : tagFault(text, parseTaggedText);
  return fault ?? (isHeaderValue(text) ? undefined : MALFORMED);
}

/** What the running endpoint would say of the tags in a text. */
function tagFault(text: string, parse: (text: string, report: (problem: string) => void) => unknown): Fault {
  const faults: string[] = [];
  if (text.includes('{{')) parse(text, (problem) => faults.push(problem));
  return faults[0];
}
