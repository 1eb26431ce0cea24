import { setHeader } from './draft.ts';
import { multipartBody, urlencodedBody } from './form-bodies.ts';
import { jsonBody } from './json-bodies.ts';
import type { Mutation } from './mutation.ts';

const typeOf: Mutation = (draft, random) =>
  setHeader(
    draft,
    'Content-Type',
    random.pick([
      ...[
        '',
        'json',
        'text/plain',
        'application/json; charset=utf-16',
        'application/json; charset="utf-8',
        'application/xml',
      ],
      ...[
        'application/vnd.api+json',
        'application/json, text/html',
        'application/json;;;',
        'application/\u00e9+json',
      ],
      ...[
        'APPLICATION/JSON',
        ' application/json',
        'application/octet-stream',
        'application/x-www-form-urlencoded',
      ],
    ]),
  );

const jsonContent: Mutation = (draft, random) => {
  setHeader(draft, 'Content-Type', 'application/json');
  draft.body = jsonBody(random);
};

const formContent: Mutation = (draft, random) => {
  const { type, body } = random.pick([urlencodedBody, multipartBody, multipartBody])(random);
  setHeader(draft, 'Content-Type', type);
  draft.body = body;
};

const flipBytes: Mutation = (draft, random) => {
  const body = Buffer.from(draft.body);
  for (let n = 0; n < 3 && body.length > 0; n++) body[random.below(body.length)] = random.below(256);
  draft.body = body;
};

/** What the body is, and what it says it is. */
export const BODY_MUTATIONS: readonly Mutation[] = [
  jsonContent,
  jsonContent,
  jsonContent,
  formContent,
  formContent,
  formContent,
  flipBytes,
  typeOf,
];
