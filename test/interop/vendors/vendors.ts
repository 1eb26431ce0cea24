import type { Vendor } from '../vendor.ts';
import { hubspot } from './hubspot.ts';
import { octokit } from './octokit.ts';
import { shopify } from './shopify.ts';
import { slack } from './slack.ts';
import { standardwebhooks } from './standardwebhooks.ts';
import { stripe } from './stripe.ts';
import { svix } from './svix.ts';
import { twilioClient } from './twilio.ts';

/** Every library whose word counts here. */
export const VENDORS: readonly Vendor[] = [
  standardwebhooks,
  svix,
  octokit,
  slack,
  stripe,
  shopify,
  hubspot,
  twilioClient,
];
