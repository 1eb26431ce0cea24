import type { HookSwitches } from '../../src/inbound/hook-activity.ts';
import type { HookAnswer, InboundHook } from '../../src/inbound/hook.ts';
import { readKeeping, type HookKeeping } from './hook-keeping.ts';
import { readLimits, type HookLimits } from './hook-limits.ts';
import { readSenders, type HookSenders } from './hook-senders.ts';

/** The node's settings, as a flow holds them; a flow written by hand may leave any of them out. */
export interface HookSettings {
  readonly description?: string;
  readonly path?: unknown;
  readonly methods?: unknown;
  readonly kind?: string;
  readonly auth?: string;
  readonly apiKeyHeader?: unknown;
  readonly role?: unknown;
  readonly signing?: unknown;
  readonly respond?: string;
  readonly statusCode?: number | string;
  readonly responseTimeout?: number | string;
  readonly durable?: boolean;
  readonly dedupe?: unknown;
  readonly dedupeWindow?: unknown;
  readonly redirect?: string;
  readonly bodyLimit?: string;
  readonly ratePerSecond?: unknown;
  readonly allowedIps?: unknown;
  readonly active?: boolean;
  readonly debug?: boolean;
}

export interface HookCredentials {
  readonly username?: string;
  readonly password?: string;
  /** JSON, `[{id,name,hash,roles}]`: the keys themselves are not kept. */
  readonly apiKeys?: string;
}

/** What the settings make of a hook; without whole credentials it refuses everyone. */
export interface UnderstoodHook
  extends Pick<InboundHook, 'path' | 'methods' | 'answer'>, HookSenders, HookLimits, HookKeeping {
  readonly switches: HookSwitches;
}

/** The name of a setting that cannot be understood. */
export interface SettingFault {
  readonly setting: keyof HookSettings;
}

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

export function readHookSettings(
  settings: HookSettings,
  credentials: HookCredentials,
): UnderstoodHook | SettingFault {
  const senders = readSenders(settings, credentials);
  if ('setting' in senders) return senders;
  const methods = readMethods(settings.methods);
  if (!methods) return { setting: 'methods' };
  const limits = readLimits(settings);
  if ('setting' in limits) return limits;
  const answer = readAnswer(settings, senders.isForm);
  if ('setting' in answer) return answer;
  const keeping = readKeeping(settings, senders);
  if ('setting' in keeping) return keeping;
  const path = readPath(settings.path);
  if (path === undefined) return { setting: 'path' };
  const switches = { isActive: settings.active !== false, isDebugged: settings.debug === true };
  return { path, methods, answer, switches, ...limits, ...keeping, ...senders };
}

function readMethods(given: unknown = ['POST', 'PUT']): string[] | undefined {
  if (!Array.isArray(given)) return undefined;
  const methods = given.map((method: unknown) => String(method).toUpperCase());
  return methods.length > 0 && methods.every((method) => METHODS.has(method)) ? methods : undefined;
}

function readPath(given: unknown = ''): string | undefined {
  if (typeof given !== 'string') return undefined;
  return given.startsWith('/') ? given : `/${given}`;
}

function readAnswer(settings: HookSettings, isForm: boolean): HookAnswer | SettingFault {
  const { respond = 'received' } = settings;
  if (respond === 'flow') {
    const timeoutMs = readWhole(settings.responseTimeout, { standard: 30_000, least: 1, most: 3_600_000 });
    return timeoutMs === undefined ? { setting: 'responseTimeout' } : { by: 'flow', timeoutMs };
  }
  if (respond !== 'received') return { setting: 'respond' };
  const statusCode = readWhole(settings.statusCode, { standard: 200, least: 200, most: 299 });
  if (statusCode === undefined) return { setting: 'statusCode' };
  if (!isForm || !settings.redirect) return { by: 'gate', statusCode };
  const redirect = readLocation(settings.redirect);
  return redirect === undefined ? { setting: 'redirect' } : { by: 'gate', statusCode, redirect };
}

interface Range {
  readonly standard: number;
  readonly least: number;
  readonly most: number;
}

function readWhole(value: number | string | undefined, { standard, least, most }: Range): number | undefined {
  const number = value === undefined || value === '' ? standard : Number(value);
  return Number.isInteger(number) && number >= least && number <= most ? number : undefined;
}

/** A URL or a path in the signs that a header may hold. */
function readLocation(text: string): string | undefined {
  const location = text.trim();
  if (!/^(?:https?:\/)?\/[^\s\p{Cc}]*$/iu.test(location)) return undefined;
  return location.replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent);
}
