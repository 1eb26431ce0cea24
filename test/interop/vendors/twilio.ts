import { createHash } from 'node:crypto';
import twilio from 'twilio';
import type { Headers, Message } from '../../support/signing.ts';
import type { Vendor } from '../vendor.ts';
import { TEXT_ONLY } from './limits.ts';

const isForm = ({ contentType }: Message): boolean => contentType.endsWith('urlencoded');

/** The fields as Express gives them to the library: a list where a name comes twice. */
function fieldsOf({ body }: Message): Record<string, string | string[]> {
  const fields = new URLSearchParams(body.toString());
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const [first = '', ...more] = fields.getAll(name);
      return [name, more.length > 0 ? [first, ...more] : first];
    }),
  );
}

/** Twilio's client: a form's fields are signed with the URL; of any other body, the digest that the URL carries. */
export const twilioClient: Vendor = {
  library: 'twilio',
  scheme: 'twilio',
  secret: 'made-up-for-tests-twilio-0000000',
  previousSecret: 'made-up-for-tests-twilio-1111111',
  limits: { 'not UTF-8': TEXT_ONLY },
  adapt(message) {
    if (isForm(message)) return message;
    const digest = createHash('sha256').update(message.body).digest('hex');
    return { ...message, url: `${message.url}&bodySHA256=${digest}` };
  },
  sign: (message, secret): Headers => ({
    'x-twilio-signature': twilio.getExpectedTwilioSignature(
      secret,
      message.url,
      isForm(message) ? fieldsOf(message) : {},
    ),
  }),
  accepts(message, headers, secret) {
    const signature = headers['x-twilio-signature'] ?? '';
    return isForm(message)
      ? twilio.validateRequest(secret, signature, message.url, fieldsOf(message))
      : twilio.validateRequestWithBody(secret, signature, message.url, message.body.toString());
  },
};
