/**
 * What there is to know about each scheme without computing anything; the editor's dialogs read it too, so nothing here needs
 * Node.js. The ids are the values of a signing secret's `scheme`.
 */
export const SCHEME_FACTS = {
  'customer-thermometer': { signsTime: true, signsId: false, signsUrl: false, sendsBoth: false },
  'standard-webhooks': { signsTime: true, signsId: true, signsUrl: false, sendsBoth: true },
  svix: { signsTime: true, signsId: true, signsUrl: false, sendsBoth: true },
  github: { signsTime: false, signsId: false, signsUrl: false, sendsBoth: false },
  slack: { signsTime: true, signsId: false, signsUrl: false, sendsBoth: false },
  stripe: { signsTime: true, signsId: false, signsUrl: false, sendsBoth: true },
  shopify: { signsTime: false, signsId: false, signsUrl: false, sendsBoth: false },
  zendesk: { signsTime: true, signsId: false, signsUrl: false, sendsBoth: false },
  typeform: { signsTime: false, signsId: false, signsUrl: false, sendsBoth: false },
  surveymonkey: { signsTime: false, signsId: false, signsUrl: false, sendsBoth: false },
  jira: { signsTime: false, signsId: false, signsUrl: false, sendsBoth: false },
  intercom: { signsTime: false, signsId: false, signsUrl: false, sendsBoth: false },
  'hubspot-v3': { signsTime: true, signsId: false, signsUrl: true, sendsBoth: false },
  twilio: { signsTime: false, signsId: false, signsUrl: true, sendsBoth: false },
  /** Its settings decide; these say what they can decide. */
  generic: { signsTime: true, signsId: true, signsUrl: true, sendsBoth: true },
} as const satisfies Record<string, SchemeFacts>;

/** The id of a scheme, as saved flows hold it. */
export type SchemeId = keyof typeof SCHEME_FACTS;

export interface SchemeFacts {
  /** A timestamp is signed, so a request that is too old or too new can be told, and is refused. */
  readonly signsTime: boolean;
  /** The id of the event is signed, so a receiver can trust it to tell what it has seen. */
  readonly signsId: boolean;
  /** The URL that the sender called is signed: behind a proxy the receiver has to be told it. */
  readonly signsUrl: boolean;
  /** One request has room for the signatures of the current and of the previous secret. */
  readonly sendsBoth: boolean;
}

export const isSchemeId = (text: string): text is SchemeId => Object.hasOwn(SCHEME_FACTS, text);
