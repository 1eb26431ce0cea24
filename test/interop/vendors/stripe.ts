import Stripe from 'stripe';
import type { Vendor } from '../vendor.ts';
import { TEXT_ONLY } from './limits.ts';

const { webhooks } = new Stripe('sk_test_made_up_for_tests');
const TOLERANCE_S = 300;

/** Stripe's client. */
export const stripe: Vendor = {
  library: 'stripe',
  scheme: 'stripe',
  secret: 'whsec_made_up_for_tests_stripe',
  previousSecret: 'whsec_made_up_for_tests_older_stripe',
  limits: {
    'a byte order mark': 'It drops the mark when it makes a text of the bytes.',
    'not UTF-8': TEXT_ONLY,
  },
  takesTheFuture: true,
  sign: ({ now, body }, secret) => ({
    'stripe-signature': webhooks.generateTestHeaderString({
      payload: body.toString(),
      secret,
      timestamp: Math.floor(now / 1000),
    }),
  }),
  accepts({ now, body }, headers, secret) {
    const given = headers['stripe-signature'] ?? '';
    return webhooks.signature?.verifyHeader(body, given, secret, TOLERANCE_S, undefined, now) ?? false;
  },
};
