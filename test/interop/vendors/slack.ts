import { createHmac } from 'node:crypto';
import { isValidSlackRequest } from '@slack/bolt';
import type { Vendor } from '../vendor.ts';
import { TEXT_ONLY } from './limits.ts';

/** Slack's Bolt, which only verifies; what signs here is the recipe of docs.slack.dev, "Verifying requests from Slack". */
export const slack: Vendor = {
  library: '@slack/bolt',
  scheme: 'slack',
  secret: 'made-up-for-tests-slack-00000000',
  previousSecret: 'made-up-for-tests-slack-11111111',
  limits: { 'not UTF-8': TEXT_ONLY },
  takesTheFuture: true,
  sign({ now, body }, secret) {
    const timestamp = String(Math.floor(now / 1000));
    const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:${body.toString()}`);
    return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hmac.digest('hex')}` };
  },
  accepts: ({ body, now }, headers, secret) =>
    isValidSlackRequest({
      signingSecret: secret,
      body: body.toString(),
      headers: {
        'x-slack-signature': headers['x-slack-signature'] ?? '',
        'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
      },
      nowMilliseconds: now,
    }),
};
