import '@shopify/shopify-api/adapters/node';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { createSHA256HMAC } from '@shopify/shopify-api/runtime';
import type { Headers, Message } from '../../support/signing.ts';
import type { Vendor } from '../vendor.ts';
import { TEXT_ONLY } from './limits.ts';

const validatorWith = (secret: string) =>
  shopifyApi({
    apiKey: 'made-up-for-tests',
    apiSecretKey: secret,
    apiVersion: ApiVersion.October25,
    hostName: 'hooks.example.com',
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error, log: () => undefined },
  }).webhooks;

/** It reads the headers from a request of Node.js, and wants more of them than the signature. */
function requestOf({ url, method }: Message, headers: Headers): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { url, method });
  Object.assign(request.headers, headers, {
    host: 'hooks.example.com',
    'x-shopify-topic': 'orders/create',
    'x-shopify-shop-domain': 'made-up.myshopify.com',
    'x-shopify-api-version': ApiVersion.October25,
    'x-shopify-webhook-id': 'made-up',
  });
  return request;
}

/** Shopify's client. */
export const shopify: Vendor = {
  library: '@shopify/shopify-api',
  scheme: 'shopify',
  secret: 'made-up-for-tests-shopify-0000000000',
  previousSecret: 'made-up-for-tests-shopify-1111111111',
  limits: { empty: 'It takes an empty body for a missing one.', 'not UTF-8': TEXT_ONLY },
  sign: async ({ body }, secret) => ({
    'x-shopify-hmac-sha256': await createSHA256HMAC(secret, body.toString()),
  }),
  async accepts(message, headers, secret) {
    const rawRequest = requestOf(message, headers);
    const rawResponse = new ServerResponse(rawRequest);
    const rawBody = message.body.toString();
    const { valid } = await validatorWith(secret).validate({ rawBody, rawRequest, rawResponse });
    return valid;
  },
};
