import type { Delivery, DeliveryState } from '../../src/delivery/delivery.ts';
import type { DeliveryEvent } from '../../src/delivery/delivery-store.ts';
import { EndpointDirectory } from '../../src/delivery/endpoint/endpoint-directory.ts';
import { parseEndpoint, type EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import type { Endpoint } from '../../src/delivery/endpoint/endpoint.ts';
import type { SigningSecretDirectory } from '../../src/signature/signing-secret-directory.ts';

/** When the deliveries of tests are accepted, epoch ms. */
export const ACCEPTED_AT = Date.UTC(2026, 0, 1);

/** A delivery in a state; fresh but for what is given. */
export function aDelivery<State extends DeliveryState>(
  state: State,
  fields: Partial<Omit<Delivery, 'state'>> = {},
): Delivery<State> {
  return {
    id: 'd1',
    eventId: 'e1',
    webhookId: 'msg_1',
    endpointId: 'endpoint',
    endpointName: 'An endpoint',
    nodeId: 'out',
    listeningPost: 'Transactional',
    fromLogEvent: false,
    capture: undefined,
    createdAt: ACCEPTED_AT,
    lastActivityAt: ACCEPTED_AT,
    attempts: 0,
    charged: 0,
    interrupted: 0,
    resends: 0,
    lastResponseCode: undefined,
    lastResponse: '',
    ...fields,
    state,
  };
}

/** An event with a JSON body; as given but for that. */
export function anEvent(fields: Partial<DeliveryEvent> = {}): DeliveryEvent {
  return {
    id: 'e1',
    webhookId: 'msg_1',
    contentType: 'application/json',
    body: Buffer.from('{"score":9}'),
    values: '{}',
    headers: [],
    createdAt: ACCEPTED_AT,
    ...fields,
  };
}

/** An endpoint from settings, which must be valid. */
export function anEndpoint(
  settings: Partial<EndpointSettings> = {},
  secrets?: SigningSecretDirectory,
): Endpoint {
  const directory = new EndpointDirectory(secrets);
  const id = settings.id ?? 'endpoint';
  directory.set(parseEndpoint({ url: 'http://127.0.0.1:9/', ...settings, id }));
  const entry = directory.get(id);
  if (entry?.kind === 'valid') return entry.endpoint;
  throw new Error(entry?.problems.map(({ setting, message }) => `${setting}: ${message}`).join(' '));
}
