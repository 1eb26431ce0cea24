import { sign, verify } from '@octokit/webhooks-methods';
import type { Vendor } from '../vendor.ts';
import { TEXT_ONLY } from './limits.ts';

/** GitHub's, by Octokit. */
export const octokit: Vendor = {
  library: '@octokit/webhooks-methods',
  scheme: 'github',
  secret: 'made-up-for-tests: github',
  previousSecret: 'made-up-for-tests: older github',
  limits: { empty: 'It takes an empty body for a missing one.', 'not UTF-8': TEXT_ONLY },
  sign: async ({ body }, secret) => ({ 'x-hub-signature-256': await sign(secret, body.toString()) }),
  accepts: ({ body }, headers, secret) =>
    verify(secret, body.toString(), headers['x-hub-signature-256'] ?? ''),
};
