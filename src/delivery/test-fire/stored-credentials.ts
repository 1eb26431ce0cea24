import type { EndpointCredential } from '../endpoint/endpoint-settings.ts';
import type { Endpoint, EndpointAuth } from '../endpoint/endpoint.ts';

/** What each kind of authentication takes from the credentials. */
const NEEDED: Readonly<Record<EndpointAuth['kind'], readonly EndpointCredential[]>> = {
  none: [],
  basic: ['username', 'password'],
  bearer: ['token'],
  header: ['headerValue'],
};

/** The credentials that go out with what is sent to an endpoint whose setting `auth` is this. */
export const credentialsSent = (auth: string): readonly EndpointCredential[] => [
  'secretUrl',
  ...(Object.entries(NEEDED).find(([kind]) => kind === auth)?.[1] ?? []),
];

/**
 * Whether what is stored for a deployed endpoint may go where another version of it leads: to the same scheme, host and port, over the
 * same proxy, and with the same to believe of who is there.
 */
export const leadsToSamePlace = (typed: Endpoint, deployed: Endpoint): boolean =>
  originOf(typed) === originOf(deployed) && typed.tls === deployed.tls && typed.proxy === deployed.proxy;

/** What an endpoint shows of its URL has its origin whole. */
const originOf = ({ url }: Endpoint): string => new URL(url.toString()).origin;
