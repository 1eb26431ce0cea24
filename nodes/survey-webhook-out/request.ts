import type { Node, NodeAPI, NodeMessage } from 'node-red';
import type { AcceptRequest, EventContent } from '../../src/delivery/acceptance.ts';
import type { EndpointDirectory } from '../../src/delivery/endpoint/endpoint-directory.ts';
import { toIds } from '../../src/delivery/endpoint/endpoint-ids.ts';
import { readHookRequest } from '../../src/delivery/hook-request.ts';
import { descendsFromLogEvent } from '../../src/delivery/log-events/descent.ts';
import { readMessageHeaders } from '../../src/delivery/message-headers.ts';
import { encodeContent } from '../../src/delivery/content.ts';
import type { EndpointContentType } from '../../src/delivery/endpoint/endpoint.ts';
import { isWebhookId, newWebhookId } from '../../src/platform/ids.ts';
import { textOf } from '../../src/platform/settings-check.ts';
import { wrapServiceNow } from '../../src/survey/formats/servicenow-wrap.ts';
import { attempt } from '../shared/runtime/failure.ts';
import type { MessageSubject, SubjectSettings } from '../shared/runtime/message-subject.ts';

/** The node's settings as a flow holds them. */
export interface OutSettings extends SubjectSettings {
  /** A list of ids; the editor may have made a text of a list of one. */
  readonly endpoints?: unknown;
  readonly listeningPost?: string;
  readonly webhookIdProperty?: string;
  readonly wrap?: string;
  /** The id of an external data group. */
  readonly capture?: unknown;
}

interface Host {
  readonly settings: OutSettings;
  readonly node: Pick<Node, 'id' | 'z'>;
  readonly endpoints: Pick<EndpointDirectory, 'has'>;
  readonly readSubject: MessageSubject;
  readonly RED: NodeAPI;
}

/** What the engine is to accept for a message. Throws, in words for people, where the message cannot be sent. */
export function readRequest(
  message: NodeMessage,
  { settings, node, endpoints, readSubject, RED }: Host,
): AcceptRequest {
  const endpointIds = endpointIdsOf(settings, node, endpoints);
  if (endpointIds.length === 0) throw new Error(RED._('survey-webhook-out.errors.no-endpoint'));
  const payload = settings.wrap === 'servicenow' ? wrapServiceNow(message.payload) : message.payload;
  const contents = new Map<EndpointContentType, EventContent>();
  return {
    nodeId: node.id,
    endpointIds,
    webhookId: takeWebhookId(message, webhookIdPropertyOf(settings), RED),
    hookRequest: readHookRequest((message as { hook?: unknown }).hook),
    fromLogEvent: descendsFromLogEvent(message),
    headers: readMessageHeaders((message as { target?: unknown }).target),
    message,
    captureGroupId: textOf(settings.capture) || undefined,
    subjectId: () => readSubject(message),
    skip: ({ filter }) => filter?.((message as { survey?: unknown }).survey),
    listeningPost: settings.listeningPost || 'Transactional',
    content(endpoint) {
      const type = endpoint?.contentType ?? 'json';
      const content = contents.get(type) ?? encodeContent(payload, type);
      contents.set(type, content);
      return content;
    },
  };
}

/** The ids of the node's endpoints, each once. */
export const endpointIdsOf = (
  { endpoints: value }: OutSettings,
  node: Host['node'],
  endpoints: Host['endpoints'],
): string[] => [...new Set(toIds(value).map((id) => instanceId(id, node, endpoints)))];

/**
 * The id under which the endpoint is there. A config node that stands in a subflow is made anew for each instance, whose id it has
 * before its own; Node-RED writes that into settings of one id, and not into lists.
 */
function instanceId(id: string, { z }: Host['node'], endpoints: Host['endpoints']): string {
  const inSubflow = `${z}-${id}`;
  return !endpoints.has(id) && endpoints.has(inSubflow) ? inSubflow : id;
}

/** The property of messages that holds the webhook id. */
export const webhookIdPropertyOf = ({ webhookIdProperty }: OutSettings): string =>
  webhookIdProperty || 'webhookId';

/** The message's own id, or a new one that is put on the message. */
function takeWebhookId(message: NodeMessage, property: string, RED: NodeAPI): string {
  // It throws where what should hold the property is missing.
  const value = attempt<unknown>(() => RED.util.getMessageProperty(message, property));
  if (value === undefined || value === null || value === '' || value instanceof Error) {
    const id = newWebhookId();
    RED.util.setMessageProperty(message, property, id, true);
    return id;
  }
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new Error(RED._('survey-webhook-out.errors.webhook-id'));
  const id = String(value);
  if (!isWebhookId(id)) throw new Error(RED._('survey-webhook-out.errors.webhook-id'));
  return id;
}
