/** Who has to do something about an error: `config` a person must change a setting, `store` and `transport` the world outside, `message` whoever sent the message, `invariant` we have a defect. */
export type HookErrorKind = 'config' | 'store' | 'transport' | 'signature' | 'message' | 'invariant';

/** Every error this package raises: its kind, and whether the same call may succeed later. */
export const HOOK_ERRORS = {
  HOOK_CONFIG_INVALID: { kind: 'config', retryable: false },
  HOOK_CONFIG_STORE_DUPLICATE: { kind: 'config', retryable: false },
  HOOK_CONFIG_STORE_FILE: { kind: 'config', retryable: false },
  HOOK_CONFIG_BACKEND_MISSING: { kind: 'config', retryable: false },
  HOOK_CONFIG_NODE_VERSION: { kind: 'config', retryable: false },
  HOOK_STORE_LOCKED: { kind: 'store', retryable: true },
  HOOK_STORE_CLOSED: { kind: 'store', retryable: true },
  HOOK_STORE_UNAVAILABLE: { kind: 'store', retryable: true },
  HOOK_STORE_OVERLOADED: { kind: 'store', retryable: true },
  HOOK_STORE_FULL: { kind: 'store', retryable: true },
  HOOK_STORE_CORRUPT: { kind: 'store', retryable: false },
  HOOK_STORE_SCHEMA_NEWER: { kind: 'store', retryable: false },
  HOOK_STORE_ROW_REFUSED: { kind: 'store', retryable: false },
  HOOK_MESSAGE_UNREADABLE: { kind: 'message', retryable: false },
  HOOK_MESSAGE_INCOMPLETE: { kind: 'message', retryable: false },
  HOOK_SIGNATURE_IMPOSSIBLE: { kind: 'signature', retryable: false },
  HOOK_INVARIANT: { kind: 'invariant', retryable: false },
} as const satisfies Record<string, { kind: HookErrorKind; retryable: boolean }>;

/** The code of an error, stable for scripts and for looking up people's words. */
export type HookErrorCode = keyof typeof HOOK_ERRORS;

interface HookErrorOptions {
  cause?: unknown;
  details?: Record<string, unknown>;
}

/** An error that the caller cannot go on from. The message says what happened and what to do, and holds no secret and no whole URL. */
export class HookError extends Error {
  override readonly name = 'HookError';
  readonly code: HookErrorCode;
  readonly details: Record<string, unknown>;

  constructor(code: HookErrorCode, message: string, options: HookErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  /** Whether the same call may succeed later without anyone changing anything. */
  get retryable(): boolean {
    return HOOK_ERRORS[this.code].retryable;
  }
}
