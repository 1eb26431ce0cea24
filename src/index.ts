/**
 * The product without Node-RED: a durable delivery engine, a gate for inbound hooks, mappings, survey responses and formats. What is
 * not exported here may change with any version.
 */

export { HOOK_ERRORS, HookError, type HookErrorCode, type HookErrorKind } from './errors.ts';
export { textKey } from './text-key.ts';
export type { Violation } from './violation.ts';

export { systemClock, type Clock, type Timer } from './platform/clock.ts';
export { newWebhookId } from './platform/ids.ts';
export { silentLogger, type Logger } from './platform/logger.ts';
export { systemRandom, type Random } from './platform/random.ts';
export { Secret } from './platform/secret.ts';

export type { AcceptRequest, AcceptedDelivery, EventContent } from './delivery/acceptance.ts';
export { encodeContent } from './delivery/content.ts';
export type { DeliveryLog, LogEntry, LogPage, LogQuery } from './delivery/delivery-log.ts';
export type { AttemptRecord, DeliveryEvent, DeliveryStore, Report } from './delivery/delivery-store.ts';
export { statusOf, type Delivery, type DeliveryState, type DeliveryStatus } from './delivery/delivery.ts';
export { EndpointDirectory } from './delivery/endpoint/endpoint-directory.ts';
export type { ConnectionSource } from './delivery/endpoint/endpoint-route.ts';
export {
  parseEndpoint,
  type EndpointSettings,
  type ParsedEndpoint,
} from './delivery/endpoint/endpoint-settings.ts';
export type { Endpoint } from './delivery/endpoint/endpoint.ts';
export type { EndpointHealth } from './delivery/health/endpoint-health.ts';
export { DeliveryEngine, type Acceptance } from './delivery/engine.ts';
export type { EngineParts } from './delivery/engine-works.ts';
export type { ResendRequest, ResendResult } from './delivery/resend.ts';
export { eventMessage, type LogEventMessage } from './delivery/log-events/event-message.ts';
export { LogEventReaders, type ToldNode } from './delivery/log-events/log-event-readers.ts';
export { LogEventReading } from './delivery/log-events/log-event-reading.ts';
export type { LogEventStore } from './delivery/log-events/log-event-store.ts';
export type { LogEvent, LogEventKind } from './delivery/log-events/log-event.ts';
export type { SkippedEndpoint } from './delivery/skipped-endpoints.ts';
export { readMessageHeaders } from './delivery/message-headers.ts';
export { outcomeMessage, type OutcomeMessage } from './delivery/outcome-message.ts';
export { parseProxy, type ParsedProxy, type ProxyValues } from './delivery/endpoint/proxy-settings.ts';
export { parseTls, type ParsedTls, type TlsValues } from './delivery/endpoint/tls-settings.ts';
export type { Transport, TransportRequest, TransportResult } from './delivery/transport.ts';

export type {
  ExternalDataPage,
  ExternalDataQuery,
  ExternalDataRow,
  ExternalDataStore,
} from './external-data/external-data-store.ts';
export type { Captured, ExternalDataGroup, Subject } from './external-data/external-data.ts';
export { GroupDirectory } from './external-data/group-directory.ts';
export { parseGroup, type GroupSettings, type ParsedGroup } from './external-data/group-settings.ts';

export { everyAddress, parseAddressList, type AddressList } from './address-list.ts';
export { apiKeyAuthentication, type ApiKeyRules } from './inbound/authenticators/api-key.ts';
export { parseApiKeys, type ApiKey } from './inbound/authenticators/api-keys.ts';
export { basicAuthentication } from './inbound/authenticators/basic.ts';
export { newApiKey, type NewApiKey } from './inbound/authenticators/new-api-key.ts';
export { noAuthentication } from './inbound/authenticators/none.ts';
export { InboundGate, type GateOptions } from './inbound/gate.ts';
export { HookActivity, type HookCounts, type HookSwitches } from './inbound/hook-activity.ts';
export type { HookAnswer, InboundEvent, InboundHook } from './inbound/hook.ts';
export type { HookSigning, SenderSignature } from './inbound/hook-signing.ts';
export { installGate } from './inbound/install-gate.ts';
export type { Interaction } from './inbound/interactions/interaction.ts';

export type { MappingSettings } from './mapping/mapping.ts';
export { RecordMapping, refusalOf, type MappingResult } from './mapping/record-mapping.ts';

export { nameIdentifier, phoneIdentifier, phoneKey, type Identifier } from './records/identifier.ts';
export type {
  AccountPart,
  ContactPart,
  RecordChange,
  RecordConflict,
  RecordStore,
  SilentAccount,
  StoredAccount,
  StoredActivity,
  StoredContact,
  StoredInvitation,
  StoredRecord,
  StoredSurveyResponse,
  UpsertResult,
} from './records/record-store.ts';

export { SCHEME_FACTS, type SchemeFacts, type SchemeId } from './signature/scheme-facts.ts';
export type { OutgoingMessage, RejectionReason, SignatureHeaders, Verification } from './signature/scheme.ts';
export { SigningSecretDirectory } from './signature/signing-secret-directory.ts';
export {
  parseSigningSecret,
  type ParsedSigningSecret,
  type SigningSecretSettings,
} from './signature/signing-secret-settings.ts';
export type { Received, SigningSecret } from './signature/signing-secret.ts';

export type { HookStore, StoreHealth, StoreInfo } from './store/hook-store.ts';
export { openStore, type StoreOptions } from './store/open-store.ts';

export { compileEndpointFilter } from './survey/endpoint-filter.ts';
export { compileFormat, type FormatSettings } from './survey/formats/formats.ts';
export { compileFilter, type ResponseFilter, type ResponseFilterSettings } from './survey/response-filter.ts';
export {
  compileSource,
  type CompiledSource,
  type ReadPayload,
  type SourceId,
  type SourceSettings,
} from './survey/sources/sources.ts';
export { parseSurveyResponse, type SurveyResponse } from './survey/survey-response.ts';

export { UndiciTransport, type TransportOptions } from './transport/undici-transport.ts';
