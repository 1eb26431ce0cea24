import { Signature } from '@hubspot/api-client';
import type { Message } from '../../support/signing.ts';
import type { Vendor } from '../vendor.ts';
import { TEXT_ONLY } from './limits.ts';

const optionsOf = ({ url, body }: Message, timestamp: number, clientSecret: string) => ({
  url,
  requestBody: body.toString(),
  clientSecret,
  timestamp,
  signature: '',
});

/** HubSpot's client, version 3 of its signatures. It takes the URL as it is given, with its escapes. */
export const hubspot: Vendor = {
  library: '@hubspot/api-client',
  scheme: 'hubspot-v3',
  secret: 'made-up-for-tests-hubspot-0000000000',
  previousSecret: 'made-up-for-tests-hubspot-1111111111',
  limits: { 'not UTF-8': TEXT_ONLY },
  takesTheFuture: true,
  sign: (message, secret) => ({
    'x-hubspot-request-timestamp': String(message.now),
    'x-hubspot-signature-v3': Signature.getSignature(
      message.method,
      'v3',
      optionsOf(message, message.now, secret),
    ),
  }),
  accepts: (message, headers, secret) =>
    Signature.isValid({
      ...optionsOf(message, Number(headers['x-hubspot-request-timestamp']), secret),
      method: message.method,
      signatureVersion: 'v3',
      signature: headers['x-hubspot-signature-v3'] ?? '',
    }),
};
