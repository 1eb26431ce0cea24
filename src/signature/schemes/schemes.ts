import type { SchemeId } from '../scheme-facts.ts';
import type { SignatureScheme } from '../scheme.ts';
import { customerThermometer } from './customer-thermometer.ts';
import { github } from './github.ts';
import { hubspotV3 } from './hubspot-v3.ts';
import { intercom } from './intercom.ts';
import { jira } from './jira.ts';
import { shopify } from './shopify.ts';
import { slack } from './slack.ts';
import { standardWebhooks, svix } from './standard-webhooks.ts';
import { stripe } from './stripe.ts';
import { surveymonkey } from './surveymonkey.ts';
import { twilio } from './twilio.ts';
import { typeform } from './typeform.ts';
import { zendesk } from './zendesk.ts';

/** The schemes that have no settings of their own. */
export const PRESETS: Readonly<Record<Exclude<SchemeId, 'generic'>, SignatureScheme>> = {
  'customer-thermometer': customerThermometer,
  'standard-webhooks': standardWebhooks,
  svix,
  github,
  slack,
  stripe,
  shopify,
  zendesk,
  typeform,
  surveymonkey,
  jira,
  intercom,
  'hubspot-v3': hubspotV3,
  twilio,
};
