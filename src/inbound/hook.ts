import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressList } from '../address-list.ts';
import type { Authenticator } from './authenticators/authenticator.ts';
import type { Fields } from './body/fields.ts';
import type { UploadedFile } from './body/uploaded-file.ts';
import type { Deduplication } from './deduplication/deduplication.ts';
import type { HookActivity } from './hook-activity.ts';
import type { HookSigning, SenderSignature } from './hook-signing.ts';
import type { Inbox } from './inbox/inbox.ts';
import type { PathFault } from './path-pattern.ts';

/** Who answers an accepted request: the gate as soon as it was received, or the flow, within a time. */
export type HookAnswer =
  | { readonly by: 'gate'; readonly statusCode: number; readonly redirect?: string }
  | { readonly by: 'flow'; readonly timeoutMs: number };

/** What a hook has kept of its events. */
export interface EventKeeping {
  /** An event is in the store before its sender is answered. Of no effect where the flow answers: then it has the event. */
  readonly isDurable: boolean;
  /** Undefined = every event is a new one. */
  readonly dedupe: Deduplication | undefined;
  /** The inbox, opened if it is not; rejects with a `HookError` if it cannot be. */
  open(): Promise<Inbox>;
}

/** Why a hook is not at its path: the path is no path for a hook, or it is another's. */
export type PathRefusal =
  | { readonly code: PathFault }
  | { readonly code: 'path_taken'; readonly by: 'hook' | 'editor' | 'node'; readonly name: string };

/** A place that receives events, as the gate serves it. */
export interface InboundHook {
  readonly id: string;
  readonly name: string;
  /** Where the host puts hooks: `/api`, or empty for the server's own root. */
  readonly root: string;
  /** Below that root; a part may be a parameter (`/hooks/:customer`). */
  readonly path: string;
  /** In capital letters. */
  readonly methods: readonly string[];
  readonly authenticator: Authenticator;
  /** Undefined where requests need no signature. It is judged over the body's bytes before anything looks into them. */
  readonly signing: HookSigning | undefined;
  /** Whether the host's own authentication stands in front of it too. */
  readonly isGuardedByHost: boolean;
  readonly answer: HookAnswer;
  /** Undefined where nothing is kept. */
  readonly keeping: EventKeeping | undefined;
  /** Where senders may be. */
  readonly allowedAddresses: AddressList;
  /** How many requests of senders that may send are taken per second, steadily; 0 = any number. */
  readonly ratePerSecond: number;
  /** In bytes, as received and again inflated. */
  readonly bodyLimit: number;
  /** Counts what it receives, and may show it. Switched off there, the hook keeps its path and answers 404. */
  readonly activity: HookActivity;
  /** Told whenever it is decided whether the hook has its path. */
  onRouted(refusal: PathRefusal | undefined): void;
  /** Starts the flow with the event; `response` is given only where the flow answers. The gate answers when this resolves. */
  accept(event: InboundEvent, response: ServerResponse | undefined): void | Promise<void>;
}

/** An accepted request, understood. */
export interface InboundEvent {
  /** Unique to this request; the sender gets it as `id`. */
  readonly requestId: string;
  /** UTC epoch ms at which the headers were there. */
  readonly receivedAt: number;
  readonly request: IncomingMessage;
  readonly method: string;
  /** The path of the request, without its query. */
  readonly path: string;
  readonly remoteAddress: string | null;
  /** The media type of the body, without parameters; null where there is none. */
  readonly contentType: string | null;
  readonly keyName: string | null;
  /** Undefined where the hook asks for none. */
  readonly signature: SenderSignature | undefined;
  /**
   * The fields of the query with those of the body over them; a body that is no object stands alone. Without the query's where a
   * signature is asked for that does not cover it.
   */
  readonly payload: unknown;
  readonly query: Fields;
  /** What the body held; undefined where there was none. */
  readonly body: unknown;
  /** The body's bytes as they came over the wire, not inflated: what a signature covers. Empty where there was none. */
  readonly rawBody: Buffer;
  /** Undefined unless the body was a multipart form. */
  readonly files: readonly UploadedFile[] | undefined;
}
