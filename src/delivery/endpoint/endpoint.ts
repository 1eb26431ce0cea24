import type { Secret } from '../../platform/secret.ts';
import type { SigningSecret } from '../../signature/signing-secret.ts';
import type { RetryOn } from '../classify.ts';
import type { EndpointUrl } from './endpoint-url.ts';
import type { ReadEnv } from '../event-tags.ts';
import type { HeaderTemplate } from '../header.ts';
import type { RetryPolicy } from '../retry-policy.ts';
import type { NetworkRules, Route } from './route.ts';
import type { SuccessRule } from './success-rule.ts';

/** Why a message with this survey response is not for an endpoint, in words; undefined = it is. Takes anything. */
export type EndpointFilter = (survey: unknown) => string | undefined;

/** How an endpoint proves who sends. */
export type EndpointAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly username: string; readonly password: Secret }
  | { readonly kind: 'bearer'; readonly token: Secret }
  | { readonly kind: 'header'; readonly name: string; readonly value: Secret };

export type EndpointMethod = 'POST' | 'PUT' | 'PATCH' | 'GET' | 'DELETE';
export type EndpointContentType = 'json' | 'form';

/** An endpoint's own settings, checked. */
export interface CheckedEndpoint {
  readonly id: string;
  readonly name: string;
  readonly url: EndpointUrl;
  readonly method: EndpointMethod;
  readonly contentType: EndpointContentType;
  readonly headers: readonly HeaderTemplate[];
  /** For the tags `{{env.NAME}}`. */
  readonly readEnv: ReadEnv;
  readonly auth: EndpointAuth;
  /** The id of the signing secret; undefined = deliveries are not signed. */
  readonly signing: string | undefined;
  readonly rules: NetworkRules;
  /** The id of the TLS configuration; undefined = none. */
  readonly tls: string | undefined;
  /** The id of the proxy; undefined = none. */
  readonly proxy: string | undefined;
  /** From connecting to the last byte of the answer, ms. */
  readonly timeoutMs: number;
  readonly success: SuccessRule;
  readonly retryOn: RetryOn;
  readonly retry: RetryPolicy;
  /** Attempts under way at once; 1 where they are ordered. */
  readonly concurrency: number;
  /** Attempts that begin per second at most, of any kind; a fraction is one every few seconds; 0 = no limit. */
  readonly ratePerSecond: number;
  /** Deliveries go out in the order of their acceptance, each when the one before has succeeded or failed; a resend passes by. */
  readonly ordered: boolean;
  /** Open deliveries beyond which new ones fail. */
  readonly maxPending: number;
  /** How long a delivery may wait while the endpoint is off, ms. */
  readonly expireAfterMs: number;
  readonly isEnabled: boolean;
  /** Failures in a row hold what is open, and spend no attempts, until the endpoint takes deliveries again. */
  readonly circuit: boolean;
  /** Deliveries wait until a test fire has succeeded with the URL and credentials as they are. */
  readonly requireTestFire: boolean;
  /** Which survey responses it is for; undefined = it is for every message. */
  readonly filter: EndpointFilter | undefined;
}

/** A place that receives deliveries, with all that an attempt needs. */
export interface Endpoint extends CheckedEndpoint {
  /** What signs the deliveries; undefined where `signing` is, and never else. */
  readonly signer: SigningSecret | undefined;
  /** With what `tls` and `proxy` name, and never without. */
  readonly route: Route;
}
