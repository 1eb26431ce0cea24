import { headerHmac } from '../header-hmac.ts';

/** SurveyMonkey: HMAC-SHA1 of the body in base64, keyed with `api_key&api_secret` (its API documentation, "Webhooks"). */
export const surveymonkey = headerHmac({
  header: 'Sm-Signature',
  algorithm: 'sha1',
  encoding: 'base64',
  parts: ({ bytes }) => [bytes],
});
